import { inEventOrder, type FoldEvent } from './event-order.ts';
import { statusRuns, type ClockState, type StatusRun, type StoppedIsPause } from './status-runs.ts';

/*
 * The definition of a dossier's state, in words that SQL can follow.
 *
 * 1. Events. One per `event_key`: of rows with the same key the one with the smallest `received_at` (`live.dossier_event` is that).
 *    Order: o = (observed_at, indexOf([1, 2, 5, 6, 4, 8, 3, 7, 9, 10], status), toString(event_key)), ascending; status 0 ranks 0.
 *    (As text: ClickHouse orders UUIDs by their second half.)
 *    "First" and "newest" below mean smallest and largest o. Everything is a function of this ordered set, hence of the set of rows.
 * 2. Clock of an event with a status: 1 waiting; 2, 4 running; 5, 6 paused; 3, 7, 9, 10 ended; 8 paused if `source` is one whose
 *    8 is a pause, ended otherwise.
 * 3. Runs. s = arraySort of (o, status, clock) of the events with status != 0. Keep each element whose (status, clock) differs from
 *    its predecessor's (the first always): its observed_at is the run's `from`, the next kept one's is its `to`, the last has none.
 * 4. status, clock, since = status, clock and `from` of the last run; 0, 'unknown', NULL without one.
 *    pauses = the runs with clock 'paused'; supplement_requests = the number of runs with status 5.
 *    closing runs = the runs after the last one whose clock is not 'ended'. None while the dossier is open, also when it
 *    was closed before: a dossier that was reopened is open again. The time for which it was closed is no pause.
 *    finished_at = `from` of the first closing run with status 9, else with status 10, else of the first closing run.
 *    returned_at = `from` of the first closing run with status 10.
 *    closed = NULL while open; otherwise by `status`: 9, 10 finished, 3 rejected, 7 withdrawn, 8 stopped.
 * 5. submitted_at = min(observed_at) of status 1; accepted_at = that of status 2, else of status 4.
 * 6. Promises. d = the due_at of the events that have one, in order, with its o; keep each that differs from its predecessor.
 *    first_due_at, first_due_since = due_at and observed_at of the first kept; due_at, due_since = of the last kept.
 * 7. Registers: the newest that is not empty ('' or 0): argMaxIf(x, o, x != '').
 *    channel, applicant_kind, step_holder, procedure_code, field_code: each alone.
 *    procedure_name: the newest not empty among events whose procedure_code is the one found; field_name likewise. A
 *    name never stands beside a code that it was not sent with.
 *    handler_path, handler: both from the newest event in which either is not empty.
 * 8. first_received_at, last_received_at = min, max of received_at; simulated = max.
 *
 * No part needs a calendar: what does (our own promise, working time used) is `readClock` in dossier-clock.ts, from this state.
 * As of an instant: fold the rows with observed_at <= at and received_at <= known_at.
 */

/** A stretch in which the clock rested; `to` is null while it still does. Epoch ms. */
export interface Pause {
  from: number;
  to: number | null;
  /** 5 supplement, 6 payment, 8 stopped by a source for which that is a pause. */
  status: number;
}

/** How a dossier was closed. */
export type Closing = 'finished' | 'rejected' | 'withdrawn' | 'stopped';

/** A dossier as its events tell it. Instants are epoch ms, UTC; null is "no event says so". */
export interface DossierState {
  /** National code 1 to 10; 0 when no event said one. */
  status: number;
  clock: ClockState;
  /** Since when it has that status without a break. */
  since: number | null;
  closed: Closing | null;
  submitted_at: number | null;
  accepted_at: number | null;
  /** The source's promise, and since when that has been its promise. */
  due_at: number | null;
  due_since: number | null;
  /** The first promise that the source made, and when. */
  first_due_at: number | null;
  first_due_since: number | null;
  finished_at: number | null;
  returned_at: number | null;
  pauses: Pause[];
  supplement_requests: number;
  procedure_code: string;
  procedure_name: string;
  field_code: string;
  field_name: string;
  channel: number;
  applicant_kind: number;
  handler_path: string;
  handler: string;
  step_holder: string;
  first_received_at: number | null;
  last_received_at: number | null;
  simulated: 0 | 1;
}

/** The state of one dossier from rows of its log, in any order and repeated at will. `stoppedIsPause` is false for all sources by default. */
export function foldDossier(rows: Iterable<FoldEvent>, stoppedIsPause: StoppedIsPause = () => false): DossierState {
  const events = inEventOrder(rows);
  const runs = statusRuns(events, stoppedIsPause);
  const now = current(runs);
  const promised = promises(events);
  const known = registers(events);
  const received = events.map((event) => event.received_at);
  // written out: spreading the parts costs ten times the fold
  return {
    status: now.status,
    clock: now.clock,
    since: now.since,
    closed: now.closed,
    submitted_at: firstWith(events, 1),
    accepted_at: firstWith(events, 2) ?? firstWith(events, 4),
    due_at: promised.due_at,
    due_since: promised.due_since,
    first_due_at: promised.first_due_at,
    first_due_since: promised.first_due_since,
    finished_at: now.finished_at,
    returned_at: now.returned_at,
    pauses: runs.filter((run) => run.clock === 'paused').map(({ from, to, status }) => ({ from, to, status })),
    supplement_requests: runs.filter((run) => run.status === 5).length,
    procedure_code: known.procedure_code,
    procedure_name: known.procedure_name,
    field_code: known.field_code,
    field_name: known.field_name,
    channel: known.channel,
    applicant_kind: known.applicant_kind,
    handler_path: known.handler_path,
    handler: known.handler,
    step_holder: known.step_holder,
    first_received_at: received.length === 0 ? null : Math.min(...received),
    last_received_at: received.length === 0 ? null : Math.max(...received),
    simulated: events.some((event) => event.simulated === 1) ? 1 : 0,
  };
}

const CLOSINGS = new Map<number, Closing>([
  [3, 'rejected'],
  [7, 'withdrawn'],
  [8, 'stopped'],
  [9, 'finished'],
  [10, 'finished'],
]);

function current(
  runs: readonly StatusRun[],
): Pick<DossierState, 'status' | 'clock' | 'since' | 'closed' | 'finished_at' | 'returned_at'> {
  const last = runs.at(-1);
  const closing = runs.slice(runs.findLastIndex((run) => run.clock !== 'ended') + 1);
  const processed = closing.find((run) => run.status === 9);
  const returned = closing.find((run) => run.status === 10);
  return {
    status: last?.status ?? 0,
    clock: last?.clock ?? 'unknown',
    since: last?.from ?? null,
    closed: last?.clock === 'ended' ? (CLOSINGS.get(last.status) ?? null) : null,
    finished_at: (processed ?? returned ?? closing[0])?.from ?? null,
    returned_at: returned?.from ?? null,
  };
}

function promises(
  events: readonly FoldEvent[],
): Pick<DossierState, 'due_at' | 'due_since' | 'first_due_at' | 'first_due_since'> {
  const made: { due_at: number; since: number }[] = [];
  for (const { due_at, observed_at } of events) {
    if (due_at !== null && due_at !== made.at(-1)?.due_at) made.push({ due_at, since: observed_at });
  }
  const first = made[0];
  const last = made.at(-1);
  return {
    due_at: last?.due_at ?? null,
    due_since: last?.since ?? null,
    first_due_at: first?.due_at ?? null,
    first_due_since: first?.since ?? null,
  };
}

function registers(
  events: readonly FoldEvent[],
): Pick<
  DossierState,
  | 'procedure_code'
  | 'procedure_name'
  | 'field_code'
  | 'field_name'
  | 'channel'
  | 'applicant_kind'
  | 'handler_path'
  | 'handler'
  | 'step_holder'
> {
  const newest = (holds: (event: FoldEvent) => boolean) => events.findLast(holds);
  const procedure_code = newest((event) => event.procedure_code !== '')?.procedure_code ?? '';
  const field_code = newest((event) => event.field_code !== '')?.field_code ?? '';
  const named = newest((event) => event.procedure_name !== '' && event.procedure_code === procedure_code);
  const fieldNamed = newest((event) => event.field_name !== '' && event.field_code === field_code);
  const handled = newest((event) => event.handler_path !== '' || event.handler !== '');
  return {
    procedure_code,
    procedure_name: named?.procedure_name ?? '',
    field_code,
    field_name: fieldNamed?.field_name ?? '',
    channel: newest((event) => event.channel !== 0)?.channel ?? 0,
    applicant_kind: newest((event) => event.applicant_kind !== 0)?.applicant_kind ?? 0,
    handler_path: handled?.handler_path ?? '',
    handler: handled?.handler ?? '',
    step_holder: newest((event) => event.step_holder !== '')?.step_holder ?? '',
  };
}

function firstWith(events: readonly FoldEvent[], status: number): number | null {
  return events.find((event) => event.status === status)?.observed_at ?? null;
}
