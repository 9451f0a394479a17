import type { ClickHouseClient } from '@clickhouse/client';
import type { FoldEvent } from '../../dossier/event-order.ts';
import { openedOn } from '../../schema/dossier.ts';
import { clickhouseLiveDossiers } from './live-dossiers.ts';

/** For tests: an event of a dossier as the log holds it. */
export interface HistoryRow extends FoldEvent {
  unit_path: string;
  dossier_id: string;
  opened_on: string;
}

/** For tests: the same numbers from the same seed. */
export function chances(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const HOUR = 3_600_000;
/** The first instant of the histories; all of them end within twelve days. */
export const HISTORY_START = Date.parse('2026-03-02T00:00:00Z');
/** The instants at which something may happen, or be received. */
export const HISTORY_SPAN_MS = 12 * 24 * HOUR;

/** For tests: one history. Few instants and values, so that ties, repeats and contradictions are frequent; some events are sent again. */
export function history(number: number, chance: (below: number) => number): HistoryRow[] {
  const pick = <T>(items: readonly T[], otherwise: T): T => items[chance(items.length)] ?? otherwise;
  const unit = pick(['H49', 'H49.01', 'H49.02', 'H49.02.03'], 'H49');
  const parts = unit.split('.');
  const dossier_id = `${unit}-2${5 + chance(2)}0${1 + chance(9)}1${chance(9)}-${number}`;
  const place = {
    unit_path: `/${parts.map((_, at) => parts.slice(0, at + 1).join('.')).join('/')}/`,
    dossier_id,
    opened_on: chance(20) === 0 ? '1970-01-01' : openedOn(dossier_id),
  };
  const rows: HistoryRow[] = [];
  for (let left = 1 + chance(12); left > 0; left -= 1) {
    const observed_at = HISTORY_START + chance(9) * 18 * HOUR + chance(3);
    const row: HistoryRow = {
      ...place,
      // any half may decide the order of two keys
      event_key: [number, chance(3), chance(2 ** 31), chance(2 ** 31)]
        .map((part) => part.toString(16).padStart(8, '0'))
        .sort(() => chance(3) - 1)
        .join(''),
      source: pick(['vendor-a', 'vendor-b'], ''),
      observed_at,
      received_at: observed_at + chance(4) * 30 * HOUR,
      status: chance(11),
      due_at: chance(3) === 0 ? HISTORY_START + (10 + chance(9) * 20) * HOUR : null,
      simulated: chance(8) === 0 ? 1 : 0,
      procedure_code: pick(['', '1.000001', '1.000002'], ''),
      procedure_name: pick(['', 'một', 'hai'], ''),
      field_code: pick(['', 'G01'], ''),
      field_name: pick(['', 'lĩnh vực', "it's"], ''),
      channel: chance(4),
      applicant_kind: chance(3),
      handler_path: pick(['', '/H49/H49.02/', '/H49/?/'], ''),
      handler: pick(['', 'Sở A', 'Sở B'], ''),
      step_holder: pick(['', 'Phòng A', 'Phòng B'], ''),
    };
    rows.push(row);
    if (chance(4) === 0) rows.push({ ...row, received_at: row.received_at + 1 + chance(40) * HOUR });
  }
  return rows;
}

/** For tests: in any order. */
export function shuffled<T>(items: readonly T[], chance: (below: number) => number): T[] {
  return items
    .map((item) => ({ item, order: chance(2 ** 31) }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}

/** For tests: puts events into the log, in batches as they come. `live` is not brought up to them. */
export async function insertHistories(
  writer: ClickHouseClient,
  rows: readonly HistoryRow[],
  batches = 5,
): Promise<void> {
  const size = Math.ceil(rows.length / batches);
  for (let from = 0; from < rows.length; from += size) {
    const values = rows.slice(from, from + size).map((row) => ({
      ...row,
      event_key: row.event_key.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
      observed_at: stamp(row.observed_at),
      received_at: stamp(row.received_at),
      due_at: row.due_at === null ? null : stamp(row.due_at),
      id: row.event_key,
      type: row.status === 2 ? 'dossier.received' : 'dossier.step',
      subject: row.dossier_id,
    }));
    await writer.insert({ table: 'log.dossier_event', values, format: 'JSONEachRow' });
  }
}

/** For tests that put rows into the log by themselves: brings `live` up to it, as ingest does. */
export async function foldAll(writer: ClickHouseClient): Promise<void> {
  await clickhouseLiveDossiers(writer, Date.now).refoldReceived(Infinity);
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
}
