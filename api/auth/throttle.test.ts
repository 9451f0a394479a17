import { expect, it } from 'vitest';
import { IocError } from '../errors.ts';
import { createThrottle, type Attempt } from './throttle.ts';

const MINUTE = 60_000;
const OFFICE = '10.0.0.1';

function at() {
  let now = 1_000_000;
  const throttle = createThrottle(() => now);
  /** Seconds that an attempt has to wait; 0 for none. */
  const wait = (attempt: Attempt): number => {
    try {
      throttle.check(attempt);
      return 0;
    } catch (error) {
      return error instanceof IocError ? (error.retry_s ?? -1) : -1;
    }
  };
  const fail = (attempt: Attempt, times: number) => {
    for (let turn = 0; turn < times; turn += 1) throttle.failed(attempt);
  };
  return { throttle, wait, fail, pass: (ms: number) => (now += ms) };
}

it('makes whoever guesses at one account wait twice as long each time, and nobody else behind the same address', () => {
  const { throttle, wait, fail, pass } = at();
  const lan = { what: 'lan', address: OFFICE };
  fail(lan, 5);
  expect(wait(lan)).toBe(0);
  fail(lan, 1);
  expect(wait(lan)).toBe(2);
  pass(1_500);
  expect(wait(lan)).toBe(1);
  pass(500);
  expect(wait(lan)).toBe(0);
  fail(lan, 1);
  expect(wait(lan)).toBe(4);
  expect(wait({ what: 'minh', address: OFFICE })).toBe(0);
  expect(wait({ what: 'lan', address: '10.0.0.2' })).toBe(0);
  fail(lan, 20);
  expect(wait(lan)).toBe(15 * 60);
  throttle.passed(lan);
  expect(wait(lan)).toBe(0);
});

it('makes an address wait for the rest of ten minutes once sixty attempts have failed in them', () => {
  const { wait, fail, pass } = at();
  for (let n = 0; n < 59; n += 1) fail({ what: `name ${n}`, address: OFFICE }, 1);
  const fresh = { what: 'minh', address: OFFICE };
  expect(wait(fresh)).toBe(0);
  pass(4 * MINUTE);
  fail({ what: 'one more', address: OFFICE }, 1);
  expect(wait(fresh)).toBe(6 * 60);
  expect(wait({ ...fresh, address: '10.0.0.2' })).toBe(0);
  pass(6 * MINUTE);
  expect(wait(fresh)).toBe(0);
  fail(fresh, 1);
  expect(wait({ what: 'another', address: OFFICE })).toBe(0);
});
