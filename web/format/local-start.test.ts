// @vitest-environment node
import { expect, it } from 'vitest';
import { localStart } from './local-start.ts';

it('begins the day and the month where people are, not where the clock of the machine is', () => {
  const zone = 'Asia/Ho_Chi_Minh';
  expect(localStart(Date.parse('2026-11-18T00:30:00.250+07:00'), zone)).toEqual({
    today: '2026-11-17T17:00:00.000Z',
    yesterday: '2026-11-16T17:00:00.000Z',
    month: '2026-10-31T17:00:00.000Z',
  });
  expect(localStart(Date.parse('2026-11-18T23:59:59+07:00'), zone).today).toBe('2026-11-17T17:00:00.000Z');
});
