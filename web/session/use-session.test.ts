import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPinia, setActivePinia } from 'pinia';
import type { Who } from '#api/contract-auth.ts';
import { useSession } from './use-session.ts';

const DUTY: Who = {
  ...{ kind: 'account', actor: 'Trực ban', role: 'duty', unit: 'H49' },
  ...{ may_act: true, may_import: true, may_edit: true, may_administer: false, has_password: true },
};
const VISITOR: Who = {
  ...DUTY,
  kind: 'visitor',
  actor: 'Khách',
  role: 'leader',
  may_act: false,
  may_import: false,
  may_edit: false,
};
const answer = (status: number, body: unknown) =>
  vi.stubGlobal('fetch', () =>
    Promise.resolve(status === 204 ? new Response(null, { status }) : Response.json(body, { status })),
  );

describe('who is at a page', () => {
  beforeEach(() => setActivePinia(createPinia()));
  afterEach(() => vi.unstubAllGlobals());

  it('has ended when the server knows an account no more, as nobody or as a visitor', async () => {
    for (const [status, body] of [
      [401, { code: 'IOC_SIGNED_OUT', message: 'log in first' }],
      [200, VISITOR],
    ] as const) {
      const session = useSession();
      session.enter(DUTY);
      answer(status, body);
      await session.load();
      expect(session.isEnded).toBe(true);
      session.enter(DUTY);
      expect(session.isEnded).toBe(false);
    }
  });

  it('has not ended for a visitor, for whoever leaves, and while the server is away', async () => {
    const session = useSession();
    session.enter(VISITOR);
    answer(401, { code: 'IOC_SIGNED_OUT', message: '' });
    await session.load();
    expect([session.who, session.isEnded]).toEqual([null, false]);
    session.enter(DUTY);
    await session.leave().catch(() => undefined);
    answer(503, { code: 'IOC_STORE_AWAY', message: '' });
    await session.load();
    expect([session.who?.kind, session.isEnded]).toEqual(['account', false]);
    answer(200, { ...VISITOR, url: 'https://sso.test/end' });
    expect(await session.leave()).toBe('https://sso.test/end');
    expect([session.who?.kind, session.isEnded]).toEqual(['visitor', false]);
  });
});
