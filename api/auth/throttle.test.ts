import { expect, it } from 'vitest';
import { IocError } from '../errors.ts';
import { createThrottle, type Attempt } from './throttle.ts';

const MINUTE = 60_000;
const OFFICE = '10.0.0.1';

function at() {
  let now = 1_000_000;
  const throttle = createThrottle(() => now);
  /** Seconds that an attempt has to wait; 0 for one that was begun. */
  const begin = (attempt: Attempt): number => {
    try {
      throttle.begin(attempt);
      return 0;
    } catch (error) {
      return error instanceof IocError ? (error.retry_s ?? -1) : -1;
    }
  };
  /** The same, of one that succeeds when it may be tried. */
  const wait = (attempt: Attempt): number => {
    const wait_s = begin(attempt);
    if (wait_s === 0) throttle.passed(attempt);
    return wait_s;
  };
  const fail = (attempt: Attempt, times: number) => Array.from({ length: times }, () => begin(attempt));
  return { begin, wait, fail, pass: (ms: number) => (now += ms) };
}

it('makes whoever guesses at one account wait twice as long each time, and nobody else behind the same address', () => {
  const { begin, wait, fail, pass } = at();
  const lan = { what: 'lan', address: OFFICE };
  expect(fail(lan, 6)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(begin(lan)).toBe(2);
  pass(1_500);
  expect(begin(lan)).toBe(1);
  pass(500);
  expect(fail(lan, 2)).toEqual([0, 4]);
  expect(wait({ what: 'minh', address: OFFICE })).toBe(0);
  expect(wait({ what: 'lan', address: '10.0.0.2' })).toBe(0);
  for (let turn = 0; turn < 20; turn += 1) {
    pass(15 * MINUTE);
    begin(lan);
  }
  expect(begin(lan)).toBe(15 * 60);
  pass(15 * MINUTE);
  expect(wait(lan)).toBe(0);
  expect(fail(lan, 5)).toEqual([0, 0, 0, 0, 0]);
});

it('makes all strangers wait who guess at one account, each from an address of its own, and not a device that it knows', () => {
  const { begin, wait, pass } = at();
  const guess = (what: string, n: number) => begin({ what, address: `10.1.${Math.floor(n / 250)}.${n % 250}` });
  for (const what of ['lan', 'nobody has this name']) {
    const waits = Array.from({ length: 1_000 }, (_, n) => guess(what, n));
    expect(waits.filter((wait_s) => wait_s === 0)).toHaveLength(21);
    expect(waits[21]).toBe(2);
  }
  const device = { what: 'lan', address: OFFICE, known: 'a device' };
  expect(wait(device)).toBe(0);
  expect(Array.from({ length: 7 }, () => begin(device))).toEqual([0, 0, 0, 0, 0, 0, 2]);
  expect(wait({ ...device, known: 'another' })).toBe(0);
  // of a day of guesses without a pause few are looked at
  let looked = 0;
  for (let second = 0; second < 86_400; second += 1) {
    if (guess('lan', second) === 0) looked += 1;
    pass(1_000);
  }
  expect(looked).toBeLessThan(110);
  expect(begin({ what: 'lan', address: OFFICE })).toBeGreaterThan(0);
  pass(15 * MINUTE);
  expect(wait({ what: 'lan', address: OFFICE })).toBe(0);
  expect(guess('lan', 1)).toBe(0);
  expect(guess('lan', 2)).toBe(15 * 60);
});

it('takes back what the owner mistyped, and forgets failures after a day', () => {
  const { wait, fail, pass } = at();
  const lan = { what: 'lan', address: OFFICE };
  for (let day = 0; day < 10; day += 1) {
    fail(lan, 4);
    expect(wait(lan)).toBe(0);
  }
  fail(lan, 6);
  pass(24 * 60 * MINUTE + 2_000);
  expect(fail(lan, 6)).toEqual([0, 0, 0, 0, 0, 0]);
});

it('counts an attempt before it is known how it ends, and takes it back when it succeeds', () => {
  const { begin, wait, fail } = at();
  const lan = { what: 'lan', address: OFFICE };
  expect(fail(lan, 60).filter((wait_s) => wait_s === 0)).toHaveLength(6);
  const minh = { what: 'minh', address: OFFICE };
  for (let turn = 0; turn < 100; turn += 1) expect(wait(minh)).toBe(0);
  expect(begin(minh)).toBe(0);
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
