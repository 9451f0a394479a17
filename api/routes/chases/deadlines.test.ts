import { expect, test } from 'vitest';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { CalendarSchema } from '#ingest/schema/calendar.ts';
import { deadlinesFrom } from './deadlines-route.ts';

const OFFICE = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];
const time = createWorkingTime(
  CalendarSchema.parse({
    name: { vi: 'Thử', en: 'Test' },
    zone: 'Asia/Ho_Chi_Minh',
    hours: { '1': OFFICE, '2': OFFICE, '3': OFFICE, '4': OFFICE, '5': OFFICE },
    years: [
      {
        year: 2026,
        decision: 'Thử',
        status: 'certain',
        off: [{ from: '2026-11-24', to: '2026-11-24', name: 'Nghỉ' }],
        work: [],
      },
    ],
  }),
);
const offered = (local: string): Record<string, string> =>
  Object.fromEntries(
    deadlinesFrom(Date.parse(`${local}+07:00`), time).map(({ id, at }) => [
      id,
      new Date(at + 7 * 3_600_000).toISOString().slice(0, 16),
    ]),
  );

test('offers the end of today, of the first and the third working day after it, over days off', () =>
  expect(offered('2026-11-20T09:00')).toEqual({
    today: '2026-11-20T17:00',
    working_1: '2026-11-23T17:00',
    working_3: '2026-11-26T17:00',
  }));

test('does not offer today after hours or on a day off', () => {
  expect(offered('2026-11-20T17:00')).toEqual({ working_1: '2026-11-23T17:00', working_3: '2026-11-26T17:00' });
  expect(offered('2026-11-21T09:00')).toEqual({ working_1: '2026-11-23T17:00', working_3: '2026-11-26T17:00' });
});
