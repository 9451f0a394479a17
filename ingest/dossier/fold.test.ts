import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoldEvent } from './event-order.ts';
import { foldDossier } from './fold.ts';
import { oracleState } from './fold.oracle.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-02T00:00:00Z');
const PAUSING = 'vendor-b';
const stoppedIsPause = (source: string) => source === PAUSING;

/** An event from two random numbers. Few instants, keys and values, so that ties, repeats and contradictions are frequent. */
function decode([a, b]: readonly [number, number]): FoldEvent {
  const digit = (number: number, position: number, base: number) => Math.floor(number / position) % base;
  return {
    observed_at: START + digit(a, 1, 9) * HOUR,
    status: digit(a, 9, 11),
    event_key: `0000000${digit(a, 99, 12).toString(16)}`,
    received_at: START + 24 * HOUR + digit(a, 1_188, 4),
    due_at: digit(a, 4_752, 3) === 0 ? START + (72 + digit(a, 14_256, 3)) * HOUR : null,
    source: digit(a, 42_768, 4) === 0 ? PAUSING : 'vendor-a',
    simulated: digit(a, 171_072, 8) === 0 ? 1 : 0,
    procedure_code: ['', '1.000001', '1.000002'][digit(b, 1, 3)] ?? '',
    procedure_name: ['', 'một', 'hai'][digit(b, 3, 3)] ?? '',
    field_code: ['', 'G01'][digit(b, 9, 2)] ?? '',
    field_name: ['', 'lĩnh vực'][digit(b, 18, 2)] ?? '',
    channel: digit(b, 36, 4),
    applicant_kind: digit(b, 144, 3),
    handler_path: ['', '/H49/H49.02/', '/H49/?/'][digit(b, 432, 3)] ?? '',
    handler: ['', 'Sở A', 'Sở B'][digit(b, 1_296, 3)] ?? '',
    step_holder: ['', 'Phòng A', 'Phòng B'][digit(b, 3_888, 3)] ?? '',
  };
}

const number = fc.nat(0x7fffffff);
const eventArb = fc.tuple(number, number).map(decode);
const historyArb = (maxLength: number) => fc.array(eventArb, { maxLength });

/**
 * What a feed does to a history: its events come in whatever order, and some of them again, later. One number decides all of it, so that a counterexample is the
 * history and a number, and shrinks in both.
 */
function arrive(history: readonly FoldEvent[], chance: number): FoldEvent[] {
  let draw = chance;
  const next = () => (draw = (Math.imul(draw, 1_664_525) + 1_013_904_223) >>> 0);
  const sent = history.flatMap((event) => {
    const again = { ...event, received_at: event.received_at + 10 };
    return next() % 3 === 0 ? [event, again] : [event];
  });
  const placed = sent.map((event) => ({ order: next(), event }));
  return placed.sort((a, b) => a.order - b.order).map(({ event }) => event);
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}

/** A readable event for the cases below: hours after the start, and what it says. */
function said(hour: number, status: number, more: Partial<FoldEvent> = {}): FoldEvent {
  const blank = decode([1_188 * 3, 0]);
  return {
    ...blank,
    event_key: `${hour}-${status}`,
    observed_at: START + hour * HOUR,
    status,
    due_at: null,
    simulated: 0,
    source: 'vendor-a',
    ...more,
  };
}
const hour = (value: number) => START + value * HOUR;

describe('the fold of a dossier', () => {
  it('agrees with the clerk on 100,000 random histories, whatever the order of arrival and the repeats', () => {
    let compared = 0;
    fc.assert(
      fc.property(historyArb(12), number, (history, chance) => {
        const expected = written(oracleState(history, [PAUSING]));
        const straight = written(foldDossier(history, stoppedIsPause));
        const arrived = written(foldDossier(arrive(history, chance), stoppedIsPause));
        compared += 1;
        if (straight !== expected || arrived !== expected) expect([straight, arrived]).toEqual([expected, expected]);
      }),
      { numRuns: 100_000 },
    );
    expect(compared).toBeGreaterThanOrEqual(100_000);
  }, 300_000);

  it('is the same for every order of up to six events', () => {
    fc.assert(
      fc.property(historyArb(6), (history) => {
        const expected = written(foldDossier(history, stoppedIsPause));
        for (const order of permutations(history)) {
          const got = written(foldDossier(order, stoppedIsPause));
          if (got !== expected) expect(got).toBe(expected);
        }
      }),
      { numRuns: 400 },
    );
  }, 300_000);

  it('is open or closed, never both, and its pauses lie one after the other', () => {
    fc.assert(
      fc.property(historyArb(12), (history) => {
        const state = foldDossier(history, stoppedIsPause);
        expect(state.clock === 'ended').toBe(state.closed !== null);
        expect(state.finished_at === null).toBe(state.closed === null);
        const edges = state.pauses.flatMap(({ from, to }) => [from, to ?? Number.MAX_SAFE_INTEGER]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        expect(state.pauses.filter((pause) => pause.to === null).length).toBe(state.clock === 'paused' ? 1 : 0);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('what the fold says', () => {
  it('takes the finish from the first 9, though the result was handed over and 9 was said again', () => {
    const state = foldDossier([said(0, 2), said(5, 9), said(6, 9), said(7, 10), said(8, 10)]);
    expect(state).toMatchObject({
      status: 10,
      since: hour(7),
      closed: 'finished',
      finished_at: hour(5),
      returned_at: hour(7),
    });
  });

  it('takes the finish from 10 where no 9 was said', () =>
    expect(foldDossier([said(0, 2), said(7, 10)]).finished_at).toBe(hour(7)));

  it.each([
    [3, 'rejected'],
    [7, 'withdrawn'],
    [8, 'stopped'],
  ])('closes by %i as %s', (status, closed) =>
    expect(foldDossier([said(0, 1), said(4, status)])).toMatchObject({ closed, finished_at: hour(4), clock: 'ended' }),
  );

  it('opens again what is processed after its finish, and forgets that finish', () => {
    const events = [said(0, 2), said(5, 9), said(6, 10), said(8, 4)];
    expect(foldDossier(events)).toMatchObject({ closed: null, clock: 'running', finished_at: null, returned_at: null });
    expect(foldDossier([...events, said(9, 9)])).toMatchObject({ closed: 'finished', finished_at: hour(9) });
  });

  it('pauses on 5 and 6, and on 8 of a source for which that is a pause', () => {
    const events = [said(0, 2), said(1, 5), said(2, 6), said(3, 4), said(4, 8, { source: PAUSING }), said(6, 4)];
    expect(foldDossier(events, stoppedIsPause).pauses).toEqual([
      { from: hour(1), to: hour(2), status: 5 },
      { from: hour(2), to: hour(3), status: 6 },
      { from: hour(4), to: hour(6), status: 8 },
    ]);
    expect(foldDossier(events).pauses).toHaveLength(2);
  });

  it('counts a request for papers once, however often it is said before the answer', () => {
    const events = [said(0, 2), said(1, 5), said(2, 5), said(2, 0), said(3, 4), said(4, 5)];
    expect(foldDossier(events).supplement_requests).toBe(2);
  });

  it('lets the clock run when a source stamps a request and its answer with one second', () =>
    expect(foldDossier([said(0, 2), said(3, 4), said(3, 5)])).toMatchObject({ status: 4, supplement_requests: 1 }));

  it('keeps the newest promise by event time beside the first, and since when it stands', () => {
    const events = [
      said(0, 2, { due_at: hour(40) }),
      said(3, 4, { due_at: hour(50) }),
      said(5, 4, { due_at: hour(50) }),
      said(2, 4, { due_at: hour(40) }),
    ];
    expect(foldDossier(events)).toMatchObject({
      due_at: hour(50),
      due_since: hour(3),
      first_due_at: hour(40),
      first_due_since: hour(0),
    });
  });

  it('never shows a name beside a code that it was not sent with', () => {
    const events = [
      said(0, 2, { procedure_code: '1.000001', procedure_name: 'Khai sinh' }),
      said(1, 4, { procedure_code: '1.000002' }),
    ];
    expect(foldDossier(events)).toMatchObject({ procedure_code: '1.000002', procedure_name: '' });
  });

  it('says nothing of a dossier without events', () =>
    expect(foldDossier([])).toMatchObject({ status: 0, clock: 'unknown', since: null, first_received_at: null }));
});

const COLUMNS = Object.keys(foldDossier([]));
/** The state as text, its columns in one order. */
function written(state: object): string {
  return JSON.stringify(state, [...COLUMNS, 'from', 'to']);
}
