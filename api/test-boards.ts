import type { Dashboards, LoadedQuery } from '#dashboards/dashboards.ts';
import { BoardSchema, type Board } from '#dashboards/schema/board.ts';
import { NOBODY } from '#dashboards/schema/notify.ts';
import { MetricSchema } from '#dashboards/schema/metric.ts';
import { QuerySchema, type WrittenQuery } from '#dashboards/schema/query.ts';
import { CalendarSchema } from '#ingest/schema/calendar.ts';
import { createUnitIndex } from '#ingest/schema/unit-index.ts';
import { UnitTreeSchema } from '#ingest/schema/unit-tree.ts';

/** For tests: the same text in both languages. */
const text = (vi: string) => ({ vi, en: vi });

/** For tests: a small province of one district with two communes, and another district. */
export function testProvince(): Dashboards['province'] {
  const tree = UnitTreeSchema.parse({
    name: text('Tỉnh thử'),
    heading: text('TỈNH THỬ'),
    root: 'H49',
    calendar: 'viet-nam',
    map: 'thu',
    origin: 'made for a test',
    units: [
      { code: 'H49', type: 'tinh', name: 'Tỉnh thử', short: 'Tỉnh' },
      { code: 'H49.01', parent: 'H49', type: 'huyen', name: 'Huyện Một', short: 'Một', seat: [21, 107] },
      { code: 'H49.01.01', parent: 'H49.01', type: 'xa', name: 'Xã A', short: 'A' },
      { code: 'H49.01.02', parent: 'H49.01', type: 'xa', name: 'Xã B', short: 'B' },
      { code: 'H49.02', parent: 'H49', type: 'huyen', name: 'Huyện Hai', short: 'Hai' },
    ],
  });
  const day = [
    ['07:00', '11:30'],
    ['13:30', '17:00'],
  ];
  const hours = Object.fromEntries([1, 2, 3, 4, 5].map((weekday) => [String(weekday), day]));
  const calendar = CalendarSchema.parse({ name: text('Lịch'), zone: 'Asia/Ho_Chi_Minh', hours, years: [] });
  return { id: 'thu', tree, units: createUnitIndex(tree), calendar, stations: [] };
}

/** For tests: a query of given SQL. */
export function testQuery(id: string, sql: string, relations: string[], written: WrittenQuery): LoadedQuery {
  return { ...QuerySchema.parse(written), id, sql, relations };
}

const COUNT_ROWS = { value: { type: 'number' } } as const;

/** For tests: how many dossiers are known, and the newest events. */
export function testQueries(): LoadedQuery[] {
  return [
    testQuery('dossiers', 'SELECT count() AS value FROM dossier', ['dossier'], {
      description: 'all',
      rows: COUNT_ROWS,
    }),
    testQuery('links', 'SELECT count() AS value FROM link', ['link'], { description: 'links', rows: COUNT_ROWS }),
    testQuery(
      'newest',
      `SELECT id, toUnixTimestamp64Milli(observed_at) AS t, 'dossier' AS family, type, unit_path AS unit, subject AS text
       FROM dossier_event ORDER BY observed_at DESC, id LIMIT 20`,
      ['dossier_event'],
      {
        description: 'newest events',
        rows: {
          id: { type: 'text' },
          t: { type: 'instant' },
          family: { type: 'text' },
          type: { type: 'text' },
          unit: { type: 'text' },
          text: { type: 'text' },
        },
      },
    ),
  ];
}

/** For tests: a board of figures, one a query, and a feed of `newest`. */
export function testBoard(figures: string[], hasFeed = true): Board {
  const base = (x: number) => ({
    title: text('Ô'),
    question: text('Bao nhiêu?'),
    metric: 'count',
    sources: ['dossier' as const],
    stale_after_s: 60,
    at: { x, y: 0, w: 1, h: 1 },
  });
  const panels: [string, object][] = figures.map((query, x) => [
    query,
    { kind: 'figure', ...base(x), queries: { main: { query } } },
  ]);
  if (hasFeed)
    panels.push(['feed', { kind: 'feed', ...base(figures.length), queries: { dossier: { query: 'newest' } } }]);
  return BoardSchema.parse({
    title: text('Bảng thử'),
    questions: [text('Thế nào?')],
    grid: { columns: 12, rows: 1 },
    panels: Object.fromEntries(panels),
  });
}

/** For tests: dashboards of one board `thu`. */
export function testDashboards(more: Partial<Dashboards> = {}): Dashboards {
  return {
    boards: new Map([['thu', testBoard(['dossiers', 'links'])]]),
    queries: new Map(testQueries().map((query) => [query.id, query])),
    measures: new Map(),
    metrics: new Map([
      [
        'count',
        MetricSchema.parse({ name: text('Số'), unit: text('hồ sơ'), format: 'integer', definition: text('Đếm.') }),
      ],
    ]),
    reconciliations: new Map(),
    maps: new Set(['thu']),
    images: new Set(),
    rules: new Map(),
    notify: NOBODY,
    parents: new Map(),
    province: testProvince(),
    ...more,
  };
}
