import { expect, it } from 'vitest';
import { deviceCookie, deviceOf, makeDevice } from './device.ts';
import type { Account } from './directory.ts';

const account = (id: string, hash: string | null): Account => ({
  ...{ id, name: id, shown: id, role: 'duty', unit: null, hash },
  ...{ disabled: false, demo: false, external: false, made_at: 0 },
});
const lan = account('lan', '$argon2id$lan');

it('knows a device by what it was given, and by nothing else', () => {
  const cookie = makeDevice(lan) ?? '';
  const device = deviceOf(lan, cookie);
  expect(device).toMatch(/^[\w-]{43}$/);
  expect(deviceOf(lan, makeDevice(lan))).not.toBe(device);
  expect(deviceOf(lan, `${cookie.slice(0, -1)}_`)).toBeUndefined();
  expect(deviceOf(lan, cookie.replace(/^./, '~'))).toBeUndefined();
  for (const wrong of ['', '.', 'a', 'a.', 'a.b', '.a', undefined]) expect(deviceOf(lan, wrong)).toBeUndefined();
});

it('is a stranger to other accounts, to those without a password, and after the password has changed', () => {
  const cookie = makeDevice(lan);
  expect(deviceCookie(lan)).not.toBe(deviceCookie(account('minh', null)));
  expect(deviceOf(account('minh', '$argon2id$minh'), cookie)).toBeUndefined();
  expect(deviceOf(account('lan', '$argon2id$new'), cookie)).toBeUndefined();
  expect(deviceOf(undefined, cookie)).toBeUndefined();
  expect(makeDevice(account('minh', null))).toBeUndefined();
  expect(deviceOf(account('minh', null), cookie)).toBeUndefined();
});
