import type { DossierEventRow } from '../schema/dossier.ts';

/** What the fold reads of a row of `log.dossier_event`. Instants are epoch ms, UTC. */
export type FoldEvent = Pick<
  DossierEventRow,
  | 'event_key'
  | 'source'
  | 'observed_at'
  | 'received_at'
  | 'simulated'
  | 'status'
  | 'due_at'
  | 'procedure_code'
  | 'procedure_name'
  | 'field_code'
  | 'field_name'
  | 'channel'
  | 'applicant_kind'
  | 'handler_path'
  | 'handler'
  | 'step_holder'
>;

/**
 * Statuses of the same instant, in the order in which they are taken to have come about. A return to processing follows the
 * request that it answers: where a source's seconds do not tell, the clock runs rather than hides behind a pause of no length.
 */
export const STATUS_ORDER = [1, 2, 5, 6, 4, 8, 3, 7, 9, 10] as const;

const RANKS = new Map<number, number>(STATUS_ORDER.map((status, index) => [status, index + 1]));

/** 1 to 10 in `STATUS_ORDER`; 0 for an event that says no status, or none of the ten. */
export function statusRank(status: number): number {
  return RANKS.get(status) ?? 0;
}

/**
 * The rows as the fold sees them: each event once, in the total order (`observed_at`, status rank, `event_key`).
 * Of rows with the same key the one received first stands, as in the log; two received in the same millisecond are told apart by
 * their content, so that the result depends on the set of rows alone.
 */
export function inEventOrder(rows: Iterable<FoldEvent>): FoldEvent[] {
  const events = new Map<string, FoldEvent>();
  for (const row of rows) {
    const held = events.get(row.event_key);
    if (held === undefined || precedes(row, held)) events.set(row.event_key, row);
  }
  return [...events.values()].sort(
    (a, b) =>
      a.observed_at - b.observed_at ||
      statusRank(a.status) - statusRank(b.status) ||
      (a.event_key < b.event_key ? -1 : 1),
  );
}

function precedes(row: FoldEvent, held: FoldEvent): boolean {
  return row.received_at === held.received_at ? content(row) < content(held) : row.received_at < held.received_at;
}

function content(row: FoldEvent): string {
  return JSON.stringify([
    row.observed_at,
    row.status,
    row.source,
    row.due_at,
    row.procedure_code,
    row.procedure_name,
    row.field_code,
    row.field_name,
    row.channel,
    row.applicant_kind,
    row.handler_path,
    row.handler,
    row.step_holder,
    row.simulated,
  ]);
}
