import { createGlobalState } from '@vueuse/core';
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { RulesReply } from '#api/contract-dossiers.ts';
import { useResource } from '../composables/use-resource.ts';
import { RulesSchema } from '../http/dossier-schemas.ts';

/** The rule sets with their definitions, asked for once a page; none until the server answers. */
export const useRules = createGlobalState((): { rules: ComputedRef<RulesReply['rules']> } => {
  const { data } = useResource({ url: '/api/dossiers/rules', schema: RulesSchema });
  return { rules: computed(() => data.value?.rules ?? []) };
});
