import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Calendar } from '../schema/calendar.ts';
import { readClock } from './dossier-clock.ts';
import type { FoldEvent } from './event-order.ts';
import { foldDossier } from './fold.ts';
import { createWorkingTime } from './working-time.ts';
import { minuteCalendar } from './working-time.oracle.ts';

const MINUTE = 60_000;
const office: [string, string][] = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const calendar: Calendar = {
  name: { vi: 'Lịch thử', en: 'Test calendar' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: { '1': office, '2': office, '3': office, '4': office, '5': office },
  years: [
    {
      year: 2026,
      decision: 'test',
      status: 'certain',
      off: [{ from: '2026-03-11', to: '2026-03-11', name: 'off' }],
      work: [{ on: '2026-03-14', for: '2026-03-13', name: 'swap' }],
    },
  ],
};
const time = createWorkingTime(calendar);
const START = Date.parse('2026-03-02T00:00:00+07:00');
const counted = minuteCalendar(calendar, calendar.hours, '2026-03-02', 60);

const noMatter = {
  procedure_code: '',
  procedure_name: '',
  field_code: '',
  field_name: '',
  channel: 0,
  applicant_kind: 0,
};
const noPlace = { handler_path: '', handler: '', step_holder: '', simulated: 0 as const, source: 'a' };
const said = (at: number, status: number, due_at: number | null = null): FoldEvent => ({
  event_key: `${at}-${status}`,
  observed_at: at,
  received_at: at,
  status,
  due_at,
  ...noMatter,
  ...noPlace,
});
const minuteArb = (days: number) => fc.nat(days * 1_440).map((minute) => START + minute * MINUTE);
/** Accepted at first, then what may happen to a dossier, at any minute of two weeks. */
const storyArb = fc.record({
  accepted: minuteArb(2),
  due: minuteArb(10),
  turns: fc.array(fc.tuple(minuteArb(14), fc.constantFrom(2, 4, 5, 6, 9)), { maxLength: 7 }),
  at: minuteArb(14),
});

describe('the clock of a dossier', () => {
  it('counts used, paused and left as minutes looked at one by one', () => {
    fc.assert(
      fc.property(storyArb, ({ accepted, due, turns, at }) => {
        const happened = turns.filter(([when]) => when > accepted && when <= at);
        const events = [said(accepted, 2, due), ...happened.map(([when, status]) => said(when, status))];
        const state = foldDossier(events);
        const reading = readClock(state, Math.max(at, accepted), { time, limit: null });
        const end = state.finished_at ?? Math.max(at, accepted);
        let used = 0;
        let paused = 0;
        for (let minute = accepted; minute < end; minute += MINUTE) {
          if (!counted.isWorking(minute)) continue;
          const status = foldDossier(events.filter((event) => event.observed_at <= minute)).status;
          if (status === 5 || status === 6) paused += MINUTE;
          else used += MINUTE;
        }
        const own = paused === 0 ? due : counted.addMs(due, paused);
        expect(reading).toMatchObject({ used_working_ms: used, paused_working_ms: paused, own_due_at: own });
        const left = counted.msBetween(end, own) - counted.msBetween(own, end);
        expect(reading.left_working_ms).toBe(left);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('says null, not zero, of what it cannot know', () => {
    const reading = readClock(foldDossier([said(START, 1)]), START + 1_440 * MINUTE, { time, limit: null });
    expect(reading).toMatchObject({
      own_due_at: null,
      used_working_ms: null,
      left_working_ms: null,
      difference_ms: null,
    });
  });

  it('leaves a promise alone that was made after the waiting', () => {
    const wait = [said(START + 480 * MINUTE, 2), said(START + 540 * MINUTE, 5)];
    const promised = START + 3 * 1_440 * MINUTE;
    const events = [...wait, said(START + 660 * MINUTE, 4, promised)];
    const reading = readClock(foldDossier(events), START + 900 * MINUTE, { time, limit: null });
    expect(reading).toMatchObject({ own_due_at: promised, paused_working_ms: 120 * MINUTE });
  });

  it('does not move a promise of the year 9999', () => {
    const never = Date.parse('9999-12-31T00:00:00Z');
    const events = [said(START, 2, never), said(START + 480 * MINUTE, 5), said(START + 600 * MINUTE, 4)];
    expect(readClock(foldDossier(events), START + 700 * MINUTE, { time, limit: null }).own_due_at).toBe(never);
  });
});
