import type { ResolvedBoard, Snapshot } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';

const both = (text: string): { vi: string; en: string } => ({ vi: text, en: text });

/** A metric for tests: whole dossiers, no limits. */
export function testMetric(more: Partial<Metric> = {}): Metric {
  return {
    name: both('Hồ sơ'),
    unit: both('hồ sơ'),
    format: 'integer',
    decimals: 1,
    good: 'neutral',
    definition: both('Số hồ sơ'),
    ...more,
  };
}

/** A board for tests: a figure `received` and a chart `flow`, with keys `k-received` and `k-flow`. */
export function testBoard(): ResolvedBoard {
  return {
    id: 'thu',
    revision: '1',
    unit: { code: 'H49', path: '/H49/' },
    chosen: {},
    metrics: { count: testMetric() },
    keys: { received: { main: 'k-received' }, flow: { main: 'k-flow' } },
    board: {
      title: both('Thử'),
      order: 1,
      of_unit: false,
      questions: [both('Có gì?')],
      grid: { columns: 12, rows: 12 },
      variables: {},
      panels: {
        received: {
          kind: 'figure',
          title: both('Tiếp nhận hôm nay'),
          question: both('Bao nhiêu?'),
          metric: 'count',
          sources: ['dossier'],
          stale_after_s: 60,
          at: { x: 0, y: 0, w: 4, h: 2 },
          opens: '/desk?unit={unit}&state=received_today',
          queries: { main: { query: 'received', params: {} } },
          options: { second: 'none', note: 'text', alarm: false, color: 'in' },
        },
        flow: {
          kind: 'series',
          title: both('Vào và ra'),
          question: both('Ra có kịp vào không?'),
          metric: 'count',
          sources: ['dossier'],
          stale_after_s: 60,
          at: { x: 4, y: 0, w: 8, h: 6 },
          queries: { main: { query: 'flow', params: {} } },
          options: { series: [{ id: 'in', name: both('vào'), color: 'in' }], limits: true },
        },
      },
    },
  };
}

/** A result for tests. */
export function testSnapshot(
  key: string,
  columns: string[],
  rows: Snapshot['rows'],
  more: Partial<Snapshot> = {},
): Snapshot {
  return { key, columns, rows, seq: 1, at: Date.parse('2026-11-21T02:41:27Z'), query_ms: 1, failure: null, ...more };
}
