import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useWords } from '../composables/use-words.ts';
import type { LiveBoard } from '../live/use-board.ts';
import { queryWith, saidOf, strayOf } from './choices.ts';

/** What an address chooses of a wall: the unit, and values of its board's variables. */
export interface Said {
  unit: ComputedRef<string | undefined>;
  variables: ComputedRef<Record<string, string>>;
}

/** How long the word on a choice that is none stays, in milliseconds. */
const SAY_MS = 15_000;

/** What the address of the wall chooses. */
export function useSaid(): Said {
  const route = useRoute();
  return {
    unit: computed(() =>
      typeof route.query.unit === 'string' && route.query.unit !== '' ? route.query.unit : undefined,
    ),
    variables: computed(() => saidOf(route.query)),
  };
}

/**
 * A sentence on what the address says and the board does not offer, in words, for a while; empty when there is none. It is taken out of the address, and so said once; the
 * default is shown.
 */
export function useStray(live: Pick<LiveBoard, 'board'>, { variables }: Said): Ref<string> {
  const route = useRoute();
  const router = useRouter();
  const { t, text } = useWords();
  const note = ref('');
  const { start } = useTimeoutFn(() => (note.value = ''), SAY_MS, { immediate: false });
  watch(live.board, (resolved) => {
    // of a rota another board may offer it
    if (typeof route.query.rota === 'string') return;
    const stray = resolved && strayOf(resolved, variables.value);
    const variable = stray && resolved.board.variables[stray.name];
    if (!variable) return;
    const shown = variable.choices.find(({ value }) => value === resolved.chosen[stray.name]);
    note.value = t('wall.no_choice', { title: text(variable.title), value: stray.value, shown: text(shown?.name) });
    start();
    void router.replace({ query: queryWith(route.query, stray.name, null) });
  });
  return note;
}
