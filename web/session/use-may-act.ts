import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useWords } from '../composables/use-words.ts';
import { useSession } from './use-session.ts';

/** Why a button that acts is out of use for who is here, in words; undefined where they may press it, and until the server has said who they are. */
export function useMayAct(): { whyNot: ComputedRef<string | undefined> } {
  const { t } = useWords();
  const session = useSession();
  const whyNot = computed(() => {
    const { who } = session;
    if (who === undefined || who?.may_act === true) return undefined;
    return who === null || who.kind === 'visitor'
      ? t('session.act_visitor')
      : t('session.act_role', { role: t(`role.${who.role}`) });
  });
  return { whyNot };
}
