import { describe, expect, it } from 'vitest';
import { AuthEventSchema, type AuthEvent } from './auth-event.ts';
import { CODE_MS, makeCode, readCode, SCREEN_LIMITS, steadyAgent } from './screen-rules.ts';
import { createScreens, type Screens } from './screens.ts';

const AT = Date.UTC(2026, 10, 22);
const AGENT = 'Mozilla/. (X; Linux x_) Chrome/';

/** Screens after what happened, a second apart from `AT` on. */
function after(...events: Pick<AuthEvent, 'type' | 'data'>[]): Screens {
  const screens = createScreens();
  for (const [n, { type, data }] of events.entries()) {
    const event: unknown = { at: AT + n * 1_000, id: String(n), type, subject: 'm', actor: 'a', data };
    screens.take(isEvent(event));
  }
  return screens;
}
function isEvent(event: unknown): AuthEvent {
  return AuthEventSchema.parse(event);
}
const enrolled = {
  type: 'screen.enrolled',
  data: { asking: 'q', shown: 'Sảnh', unit: null, board: 'b', agent: AGENT, address: '' },
} as const;
const renewed = (digest: string) => ({ type: 'screen.renewed', data: { anchor: 'anchor', digest } }) as const;
const rotated = (digest: string, before: string | null) =>
  ({ type: 'screen.rotated', data: { digest, before } }) as const;
const standing = (screens: Screens, digest: string, at = AT + 5_000, agent = AGENT) => {
  const found = screens.standing({ anchor: 'anchor', digest, agent }, at, SCREEN_LIMITS);
  return found.is === 'known' ? found.by : found.is;
};

describe('a code', () => {
  it('is short, has no look-alikes, and is read however it is typed', () => {
    for (let n = 0; n < 1_000; n += 1) expect(makeCode()).toMatch(/^[^0O1ILQD2Z5S8BUV]{6}$/);
    expect(readCode(' kf7-3ap ')).toBe('KF73AP');
  });

  it('lapses', () => {
    const screens = after({
      type: 'screen.asked',
      data: { code: 'KF73AP', digest: 'd', address: '10.0.0.1', agent: AGENT },
    });
    expect(screens.askingOf('KF73AP', AT + CODE_MS - 1)?.digest).toBe('d');
    expect(screens.askingOf('KF73AP', AT + CODE_MS)).toBeUndefined();
    expect(screens.countAsking('10.0.0.1', AT)).toBe(1);
  });
});

describe('the token of a screen', () => {
  it('is nothing to a screen that was never enrolled, or is enrolled anew', () => {
    expect(standing(after(), 's1')).toBe('unknown');
    expect(standing(after(enrolled, renewed('s1'), enrolled), 's1')).toBe('unknown');
  });

  it('has one secret in use, one that may follow, and the one before for a moment', () => {
    const screens = after(enrolled, renewed('s1'), rotated('s1', null), renewed('s2'));
    expect([standing(screens, 's1'), standing(screens, 's2')]).toEqual(['current', 'next']);
    screens.take(isEvent({ at: AT, id: 'x', subject: 'm', actor: 'a', ...rotated('s2', 's1') }));
    expect([standing(screens, 's1'), standing(screens, 's2')]).toEqual(['before', 'current']);
  });

  it('is a copy when a secret comes again that is out of use', () => {
    const screens = after(enrolled, renewed('s1'), rotated('s1', null), renewed('s2'), rotated('s2', 's1'));
    expect(standing(screens, 's1', AT + 4_000 + SCREEN_LIMITS.grace_ms)).toBe('copied');
    expect(standing(screens, 'never')).toBe('copied');
    expect(standing(screens, 's2', AT, 'curl/')).toBe('other_browser');
  });

  it('is not replaced by one that was handed out and never used, however often', () => {
    const screens = after(enrolled, renewed('s1'), rotated('s1', null), renewed('s2'), renewed('s3'));
    expect(standing(screens, 's1', AT + 86_400_000)).toBe('current');
    expect(standing(screens, 's3')).toBe('next');
  });

  it('ends by time, and by being revoked, of which the first reason stands', () => {
    const screens = after(enrolled, renewed('s1'), rotated('s1', null));
    expect(standing(screens, 's1', AT + 2_000 + SCREEN_LIMITS.life_ms)).toBe('expired');
    for (const reason of ['copied', 'administrator'])
      screens.take(isEvent({ at: AT, id: reason, type: 'screen.revoked', subject: 'm', actor: 'a', data: { reason } }));
    expect(standing(screens, 's1')).toBe('revoked');
    expect(screens.all.get('m')?.revoked?.reason).toBe('copied');
  });
});

it('knows a browser again after an update', () => {
  const agent = (version: number) => `Mozilla/5.0 (X11; Linux x86_64) Chrome/${version}.0.0.0 Safari/537.36`;
  expect(steadyAgent(agent(140))).toBe(steadyAgent(agent(155)));
  expect(steadyAgent(agent(140))).not.toBe(steadyAgent('curl/8.5.0'));
});
