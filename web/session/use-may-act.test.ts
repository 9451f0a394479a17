import { expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import type { Who } from '#api/contract-auth.ts';
import { mountAt } from '../test-mount.ts';
import { useMayAct } from './use-may-act.ts';
import { useSession } from './use-session.ts';

const LEADER: Who = {
  ...{ kind: 'account', actor: 'Ông Lãnh', role: 'leader', unit: 'H49' },
  ...{ may_act: false, may_import: false, may_edit: false, may_administer: false, has_password: true },
};

/** What is said to somebody beside a button that acts. */
async function saidTo(who: Who | null | undefined): Promise<string> {
  const probe = defineComponent(() => {
    if (who !== undefined) useSession().enter(who ?? LEADER);
    if (who === null) useSession().who = null;
    const { whyNot } = useMayAct();
    return () => h('p', whyNot.value ?? 'may');
  });
  return (await mountAt(probe)).page.text();
}

it('says why a button is out of use to those who only look, and nothing before the server has said who they are', async () => {
  expect(await saidTo(undefined)).toBe('may');
  expect(await saidTo({ ...LEADER, role: 'duty', may_act: true })).toBe('may');
  expect(await saidTo(LEADER)).toBe('Lãnh đạo chỉ xem, không làm việc này.');
  expect(await saidTo({ ...LEADER, kind: 'visitor' })).toContain('Đăng nhập');
  expect(await saidTo(null)).toContain('Đăng nhập');
});
