import type { FoldEvent } from './event-order.ts';
import type { DossierState } from './fold.ts';

/*
 * The state of a dossier once more, for tests alone: slow, plain, and sharing nothing with the fold but the shape of its result.
 * It walks through the events one at a time as a clerk would, with a slip of paper for everything it has to remember, and
 * answers "which is the newest" by comparing every event with every other.
 */

/** `observed_at`, then the letter of the status in the order in which statuses of one instant come about, then the key. */
const LETTERS: Record<number, string> = {
  1: 'b',
  2: 'c',
  5: 'd',
  6: 'e',
  4: 'f',
  8: 'g',
  3: 'h',
  7: 'i',
  9: 'j',
  10: 'k',
};

interface Placed {
  place: string;
  event: FoldEvent;
}

function place(event: FoldEvent): string {
  return `${String(event.observed_at).padStart(20, '0')} ${LETTERS[event.status] ?? 'a'} ${event.event_key}`;
}

function written(event: FoldEvent): string {
  const { observed_at, status, source, due_at, procedure_code, procedure_name, field_code, field_name } = event;
  const { channel, applicant_kind, handler_path, handler, step_holder, simulated } = event;
  const matter = [observed_at, status, source, due_at, procedure_code, procedure_name, field_code, field_name];
  return JSON.stringify([...matter, channel, applicant_kind, handler_path, handler, step_holder, simulated]);
}

/** One event a key: the one that came first; of two that came together, the one whose content sorts first. */
function withoutRepeats(rows: readonly FoldEvent[]): FoldEvent[] {
  const keys = [...new Set(rows.map((row) => row.event_key))];
  return keys.flatMap((key) => {
    const same = rows.filter((row) => row.event_key === key);
    const earliest = Math.min(...same.map((row) => row.received_at));
    const together = same.filter((row) => row.received_at === earliest);
    const text = together.map(written).sort()[0];
    return together.filter((row) => written(row) === text).slice(0, 1);
  });
}

/** The event that fits and comes after (or before) every other that fits. */
function extreme(events: readonly Placed[], isNewest: boolean, holds: (event: FoldEvent) => boolean) {
  const fitting = events.filter(({ event }) => holds(event));
  return fitting.find((one) => fitting.every((other) => other === one || other.place < one.place === isNewest))?.event;
}

/** What `foldDossier` must say of the same rows. */
export function oracleState(rows: readonly FoldEvent[], pausingSources: readonly string[] = []): DossierState {
  const events = withoutRepeats(rows);
  const placed = events.map((event) => ({ place: place(event), event }));
  const newest = (holds: (event: FoldEvent) => boolean) => extreme(placed, true, holds);
  const first = (holds: (event: FoldEvent) => boolean) => extreme(placed, false, holds);
  const code = newest((event) => event.procedure_code !== '')?.procedure_code ?? '';
  const field = newest((event) => event.field_code !== '')?.field_code ?? '';
  const handled = newest((event) => event.handler !== '' || event.handler_path !== '');
  const accepted = first((event) => event.status === 2) ?? first((event) => event.status === 4);
  const received = events.map((event) => event.received_at).sort((a, b) => a - b);
  return {
    ...walk(events, pausingSources),
    submitted_at: first((event) => event.status === 1)?.observed_at ?? null,
    accepted_at: accepted?.observed_at ?? null,
    procedure_code: code,
    procedure_name:
      newest((event) => event.procedure_code === code && event.procedure_name !== '')?.procedure_name ?? '',
    field_code: field,
    field_name: newest((event) => event.field_code === field && event.field_name !== '')?.field_name ?? '',
    channel: newest((event) => event.channel > 0)?.channel ?? 0,
    applicant_kind: newest((event) => event.applicant_kind > 0)?.applicant_kind ?? 0,
    handler_path: handled?.handler_path ?? '',
    handler: handled?.handler ?? '',
    step_holder: newest((event) => event.step_holder !== '')?.step_holder ?? '',
    first_received_at: received[0] ?? null,
    last_received_at: received.at(-1) ?? null,
    simulated: events.some((event) => event.simulated === 1) ? 1 : 0,
  };
}

type Walked = Pick<
  DossierState,
  | 'status'
  | 'clock'
  | 'since'
  | 'closed'
  | 'finished_at'
  | 'returned_at'
  | 'pauses'
  | 'supplement_requests'
  | 'due_at'
  | 'due_since'
  | 'first_due_at'
  | 'first_due_since'
>;

function walk(events: readonly FoldEvent[], pausingSources: readonly string[]): Walked {
  const slip: Walked = {
    status: 0,
    clock: 'unknown',
    since: null,
    closed: null,
    finished_at: null,
    returned_at: null,
    pauses: [],
    supplement_requests: 0,
    due_at: null,
    due_since: null,
    first_due_at: null,
    first_due_since: null,
  };
  let processed: number | null = null;
  let shut: number | null = null;
  const places = events.map(place).sort();
  for (const here of places) {
    const event = events.find((candidate) => place(candidate) === here);
    if (event === undefined) throw new Error('an event was lost');
    const at = event.observed_at;
    if (event.due_at !== null && event.due_at !== slip.due_at) {
      if (slip.first_due_since === null) [slip.first_due_at, slip.first_due_since] = [event.due_at, at];
      [slip.due_at, slip.due_since] = [event.due_at, at];
    }
    if (event.status < 1 || event.status > 10) continue;
    const clock = clockIn(event, pausingSources);
    if (event.status === slip.status && clock === slip.clock) continue;
    const resting = slip.pauses.at(-1);
    if (slip.clock === 'paused' && resting !== undefined) resting.to = at;
    if (clock === 'paused') slip.pauses.push({ from: at, to: null, status: event.status });
    if (event.status === 5) slip.supplement_requests += 1;
    if (clock === 'ended') {
      shut ??= at;
      if (event.status === 9) processed ??= at;
      if (event.status === 10) slip.returned_at ??= at;
    } else {
      shut = null;
      processed = null;
      slip.returned_at = null;
    }
    slip.finished_at = processed ?? slip.returned_at ?? shut;
    slip.closed = clock === 'ended' ? closing(event.status) : null;
    [slip.status, slip.clock, slip.since] = [event.status, clock, at];
  }
  return slip;
}

function clockIn(event: FoldEvent, pausingSources: readonly string[]): DossierState['clock'] {
  if (event.status === 1) return 'waiting';
  if (event.status === 2 || event.status === 4) return 'running';
  if (event.status === 5 || event.status === 6) return 'paused';
  if (event.status === 8 && pausingSources.includes(event.source)) return 'paused';
  return 'ended';
}

function closing(status: number): DossierState['closed'] {
  if (status === 3) return 'rejected';
  if (status === 7) return 'withdrawn';
  return status === 8 ? 'stopped' : 'finished';
}
