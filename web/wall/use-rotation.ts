import { onKeyStroke, useIntervalFn } from '@vueuse/core';
import { computed, ref, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useResource } from '../composables/use-resource.ts';
import { BoardListSchema } from '../http/schemas.ts';
import { boardAfter, rotaOf } from './rotation.ts';

/** Where in its rota a wall is; `left_s` until the next board, and whether it stays with this one. */
export interface RotaPlace {
  place: number;
  count: number;
  left_s: number;
  isPaused: boolean;
}

const RELOAD_MS = 60_000;

/**
 * Has a wall show the boards of its rota in turn (see rotation.ts); undefined where it has none. It stays while it is held: an alert is before it.
 * Keys: arrows go to the next and the one before, the space bar stays and goes on.
 */
export function useRotation(board: () => string, isHeld: () => boolean): ComputedRef<RotaPlace | undefined> {
  const route = useRoute();
  const router = useRouter();
  const asked = computed(() => typeof route.query.rota === 'string' && route.query.rota !== '');
  const { data } = useResource({
    url: () => (asked.value ? '/api/boards' : undefined),
    schema: BoardListSchema,
    every_ms: RELOAD_MS,
  });
  const rota = computed(() =>
    rotaOf(
      route.query,
      (data.value ?? []).flatMap(({ id, of_unit }) => (of_unit ? [] : [id])),
    ),
  );
  const isPaused = ref(false);
  const left_s = ref(0);
  watch([board, () => rota.value?.every_s], () => (left_s.value = rota.value?.every_s ?? 0), { immediate: true });

  const go = (by: number): void => {
    if (!rota.value) return;
    const next = boardAfter(rota.value, board(), by);
    if (next === board()) left_s.value = rota.value.every_s;
    else void router.replace({ path: `/wall/${encodeURIComponent(next)}`, query: route.query });
  };
  useIntervalFn(() => {
    if (!rota.value || isPaused.value || isHeld() || board() === '') return;
    left_s.value -= 1;
    if (left_s.value <= 0) go(1);
  }, 1000);
  const onKey = (key: string, run: () => void): void =>
    void onKeyStroke(key, (event) => {
      if (!rota.value || isHeld()) return;
      event.preventDefault();
      run();
    });
  onKey('ArrowRight', () => go(1));
  onKey('ArrowLeft', () => go(-1));
  onKey(' ', () => (isPaused.value = !isPaused.value));

  return computed(() => {
    if (!rota.value) return undefined;
    const { boards } = rota.value;
    return {
      place: boards.indexOf(board()) + 1,
      count: boards.length,
      left_s: left_s.value,
      isPaused: isPaused.value,
    };
  });
}
