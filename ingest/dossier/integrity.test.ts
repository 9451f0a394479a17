import { describe, expect, it } from 'vitest';
import type { DossierEventRow } from '../schema/dossier.ts';
import type { FoldEvent } from './event-order.ts';
import { foldDossier } from './fold.ts';
import { findIntegrity, type WatchedDossier } from './integrity.ts';
import { createWorkingTime } from './working-time.ts';

const DAY = 86_400_000;
const at = (text: string): number => Date.parse(`${text}+07:00`);
const time = createWorkingTime({
  name: { vi: 'Thử', en: 'Test' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: Object.fromEntries(
    ['1', '2', '3', '4', '5'].map((day) => [
      day,
      [
        ['07:00', '11:30'],
        ['13:30', '17:00'],
      ],
    ]),
  ),
  years: [],
});
const terms = { timeOf: () => time, isWholeDay: (instant: number) => instant % DAY === at('2024-01-01T00:00') % DAY };

type Step = [status: number, when: string, more?: Partial<Pick<DossierEventRow, 'received_at' | 'due_at'>>];

/** A dossier as the real fold sees these steps. Each is heard of a minute after it happened unless it says otherwise. */
function dossier(number: number, steps: readonly Step[], unit_path = '/H49/H49.02/'): WatchedDossier {
  const events = steps.map(([status, when, more = {}], index): FoldEvent => ({
    event_key: `${number}-${index}`,
    source: 'tests',
    observed_at: at(when),
    received_at: more.received_at ?? at(when) + 60_000,
    simulated: 0,
    status,
    due_at: more.due_at ?? null,
    ...{ procedure_code: '', procedure_name: '', field_code: '', field_name: '', channel: 0, applicant_kind: 0 },
    ...{ handler_path: '', handler: '', step_holder: '' },
  }));
  const finish = events.find(({ status }) => status === 9);
  const finish_heard_at = finish?.received_at ?? null;
  return { dossier_id: String(number).padStart(4, '0'), unit_path, state: foldDossier(events), finish_heard_at };
}
const many = (count: number, make: (n: number) => WatchedDossier) => Array.from({ length: count }, (_, n) => make(n));
const codes = (dossiers: readonly WatchedDossier[]) =>
  findIntegrity(dossiers, terms).map(({ code, dossiers: found, of }) => [code, found.length, of]);

const due_at = at('2024-03-15T17:00');
const received: Step = [2, '2024-03-04T08:00', { due_at }];
const FINISH = '2024-03-13T10:15';

describe('integrity', () => {
  it('finds nothing in dossiers that went their way', () => {
    expect(codes(many(50, (n) => dossier(n, [received, [4, '2024-03-05T09:00'], [9, FINISH]])))).toEqual([]);
  });

  describe('finishes that were told later, together', () => {
    const told = (n: number, heard: number) => dossier(n, [received, [9, FINISH, { received_at: heard }]]);
    const heard = at('2024-03-20T15:00');
    it('are found when ten of a unit come within a minute', () => {
      expect(codes(many(10, (n) => told(n, heard + n * 6_000)))).toEqual([['finish_told_later_in_burst', 10, 10]]);
      expect(codes(many(9, (n) => told(n, heard)))).toEqual([]);
      expect(codes(many(10, (n) => told(n, heard + n * 7_000)))).toEqual([]);
      expect(codes(many(10, (n) => told(n, at(FINISH) + 3_600_000)))).toEqual([]);
    });
    it('are those of one unit, and only those of the burst', () => {
      const spread = many(5, (n) => told(100 + n, heard + (n + 1) * DAY));
      expect(codes([...many(12, (n) => told(n, heard)), ...spread])).toEqual([['finish_told_later_in_burst', 12, 17]]);
      const two = many(10, (n) => ({ ...told(n, heard), unit_path: n % 2 === 0 ? '/H49/A/' : '/H49/B/' }));
      expect(codes(two)).toEqual([]);
    });
    it('are none when history is loaded: nothing was known of these dossiers before', () => {
      const loaded = (n: number) =>
        dossier(n, [
          [2, '2024-03-04T08:00', { due_at, received_at: heard }],
          [9, FINISH, { received_at: heard }],
        ]);
      expect(codes(many(30, loaded))).toEqual([]);
    });
  });

  it('finds finishes equal to the promise to the second, from three on', () => {
    const equal = (n: number) => dossier(n, [received, [9, '2024-03-15T17:00']]);
    expect(codes(many(3, equal))).toEqual([['finish_equals_promise', 3, 3]]);
    expect(codes(many(2, equal))).toEqual([]);
    expect(codes(many(3, (n) => dossier(n, [received, [9, '2024-03-15T16:59:59']])))).toEqual([]);
    // two days without times are equal because nothing finer was written
    const day: Step = [2, '2024-03-04T08:00', { due_at: at('2024-03-15T00:00') }];
    expect(codes(many(3, (n) => dossier(n, [day, [9, '2024-03-15T00:00']])))).toEqual([]);
  });

  it('finds a pause that is told as a finish', () => {
    const [asked, answered]: Step[] = [
      [5, '2024-03-06T09:00'],
      [4, '2024-03-08T09:00'],
    ];
    if (!asked || !answered) throw new Error('unreachable');
    expect(codes([dossier(1, [received, asked, [9, '2024-03-06T09:05']])])).toEqual([['finish_out_of_pause', 1, 1]]);
    expect(codes([dossier(1, [received, [6, '2024-03-06T09:00'], [9, FINISH]])])).toEqual([
      ['finish_out_of_pause', 1, 1],
    ]);
    expect(codes([dossier(1, [received, asked, answered, [9, FINISH]])])).toEqual([]);
    expect(codes([dossier(1, [received, asked])])).toEqual([]);
  });

  it('finds more than one request for supplements, also while open', () => {
    const steps: Step[] = [received, [5, '2024-03-05T09:00'], [4, '2024-03-06T09:00'], [5, '2024-03-07T09:00']];
    expect(codes([dossier(1, steps), dossier(2, steps.slice(0, 3))])).toEqual([['supplement_repeated', 1, 2]]);
  });

  it.each([
    ['2024-03-13T07:00', 0],
    ['2024-03-13T17:00', 0],
    ['2024-03-13T17:00:02', 1],
    ['2024-03-13T12:30', 1],
    ['2024-03-16T09:00', 1],
    ['2024-03-13T00:00', 0],
  ])('a finish of %s is outside working hours: %i', (finish, found) =>
    expect(codes([dossier(1, [received, [9, finish]])])).toEqual(found === 0 ? [] : [['finish_outside_hours', 1, 1]]),
  );

  it('finds finishes without a date, which stand where they were heard of, and takes these for no hour that was stated', () => {
    const undated = (n: number) =>
      dossier(n, [received, [9, '2024-03-13T22:00', { received_at: at('2024-03-13T22:00') }]]);
    expect(codes([undated(1), dossier(2, [received, [9, FINISH]])])).toEqual([['finish_undated', 1, 2]]);
  });

  it('says what was found and how often, in both languages, and names nobody', () => {
    const [finding] = findIntegrity(
      many(3, (n) => dossier(n, [received, [9, '2024-03-15T17:00']])),
      terms,
    );
    expect(finding).toMatchObject({
      code: 'finish_equals_promise',
      unit_path: '/H49/H49.02/',
      dossiers: ['0000', '0001', '0002'],
      text: {
        vi: '3 trong 3 hồ sơ đã kết thúc có thời điểm kết thúc trùng hạn trả đến từng giây',
        en: '3 of 3 finished dossiers state a finish equal to their promise to the second',
      },
    });
    expect(JSON.stringify(finding)).not.toMatch(/gian lận|sai phạm|fraud|false|manipulat/i);
  });
});
