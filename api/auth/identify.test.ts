import { expect, it } from 'vitest';
import { testProvince } from '../test-boards.ts';
import { createIdentify } from './identify.ts';
import { digest } from './secret.ts';
import { createTestKeeper } from './test-keeper.ts';

const HOUR = 3_600_000;
const { units } = testProvince();

async function open() {
  let at = 1_000_000_000_000;
  const now = () => at;
  const keeper = createTestKeeper(now);
  const limits = { idle_ms: 2 * HOUR, absolute_ms: 12 * HOUR };
  const identify = createIdentify({
    ...{ keeper, door: undefined, units: () => units, limits, visitors: undefined, demo: false, now },
  });
  const made = { name: 'lan', shown: 'Lan', role: 'centre', unit: 'H49.02', hash: null } as const;
  const opened = { account: 'a', digest: digest('secret'), via: 'password', address: '', agent: '' };
  const by = { actor: 'Lan' };
  await keeper.keep([
    { ...by, type: 'account.made', subject: 'a', data: { ...made, demo: false, external: false } },
    { ...by, type: 'session.opened', subject: 's', data: opened },
  ]);
  return {
    see: () => keeper.keep([{ ...by, type: 'session.seen', subject: 's', data: {} }]),
    end: () => keeper.keep([{ ...by, type: 'session.ended', subject: 's', data: { reason: 'test' } }]),
    disable: () => keeper.keep([{ ...by, type: 'account.changed', subject: 'a', data: { disabled: true } }]),
    scope: () => identify({ cookie: 'secret' })?.scope,
    pass: (ms: number) => (at += ms),
  };
}

it('knows a session until nobody has used it for two hours', async () => {
  const { scope, pass, see } = await open();
  pass(2 * HOUR - 1);
  expect(scope()).toBe('/H49/H49.02/');
  await see();
  pass(2 * HOUR - 1);
  expect(scope()).toBe('/H49/H49.02/');
  pass(1);
  expect(scope()).toBeUndefined();
});

it('knows it for twelve hours at most, however much it is used', async () => {
  const { scope, pass, see } = await open();
  for (let hour = 1; hour < 12; hour += 1) {
    pass(HOUR);
    await see();
    expect(scope()).toBe('/H49/H49.02/');
  }
  pass(HOUR);
  await see();
  expect(scope()).toBeUndefined();
});

it('knows none that was ended, and none of an account that was disabled', async () => {
  const ended = await open();
  await ended.end();
  expect(ended.scope()).toBeUndefined();
  const disabled = await open();
  await disabled.disable();
  expect(disabled.scope()).toBeUndefined();
});
