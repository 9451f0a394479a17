import { describe, expect, it } from 'vitest';
import { RosterSchema } from '#dashboards/schema/roster.ts';
import { backOff } from '../delivery.ts';
import { onShift } from '../on-shift.ts';
import { fill, fillAll, plain } from './fill.ts';
import { sign } from './webhook.ts';

const name = { vi: 'Ca', en: 'Shift' };
const roster = RosterSchema.parse({
  name,
  people: { a: { name: 'An' }, b: { name: 'Bình' } },
  shifts: [
    { id: 'ngay', name, days: [1, 2, 3, 4, 5, 6, 7], from: '06:00', to: '22:00', who: ['a'] },
    { id: 'dem', name, days: [5], from: '22:00', to: '06:00', who: ['b'] },
  ],
  gaps: true,
});
const on = (local: string) =>
  onShift(roster, Date.parse(`${local}+07:00`), 'Asia/Ho_Chi_Minh').map(({ person }) => person.name);

describe('who is on shift', () => {
  it.each([
    ['2026-11-20T06:00', ['An']],
    ['2026-11-20T21:59', ['An']],
    ['2026-11-20T22:00', ['Bình']],
    ['2026-11-21T05:59', ['Bình']],
    ['2026-11-21T06:00', ['An']],
    ['2026-11-21T23:00', []],
  ])('at %s is %s: a night belongs to the day on which it began', (local, who) => expect(on(local)).toEqual(who));
});

describe('a template', () => {
  const fillings = {
    names: { title: 'Đứt tuyến' },
    env: (key: string) => (key === 'TOKEN' ? 's' : undefined),
    person: { name: 'An', phone: '0901' },
  };
  it('is filled wherever a text is', () => {
    expect(fillAll({ to: ['{person.phone}'], n: 1, text: '{title} {env.TOKEN}' }, fillings)).toEqual({
      to: ['0901'],
      n: 1,
      text: 'Đứt tuyến s',
    });
  });
  it.each([
    ['{env.OTHER}', 'OTHER is not set'],
    ['{person.zalo}', 'there is nothing for {person.zalo}'],
    ['{nothing}', 'there is nothing for {nothing}'],
  ])('that cannot be filled is refused: %s', (template, message) =>
    expect(() => fill(template, fillings)).toThrow(message),
  );
});

it('an SMS is plain', () => expect(plain('Đứt tuyến Cẩm Phả, điện')).toBe('Dut tuyen Cam Pha, dien'));

it('a body is signed by HMAC-SHA256 (RFC 4231, case 2)', () =>
  expect(sign('what do ya want for nothing?', 'Jefe')).toBe(
    'sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ));

it('a refused notice is tried after 5 s, then ever twice as long, at most ten minutes', () => {
  let backing = backOff(undefined, 0);
  const waits = [backing.next_at];
  for (let turn = 0; turn < 9; turn++) {
    backing = backOff(backing, 0);
    waits.push(backing.next_at);
  }
  expect(waits.slice(0, 3)).toEqual([5_000, 10_000, 20_000]);
  expect(waits.at(-1)).toBe(600_000);
});
