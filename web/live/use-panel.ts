import { watchThrottled } from '@vueuse/core';
import { computed, shallowRef } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import type { Snapshot } from '#api/contract.ts';
import { useClock } from '../stores/clock.ts';
import { useConnection } from '../stores/connection.ts';
import { healthOf } from './freshness.ts';
import type { Health } from './freshness.ts';
import { useLiveBoard } from './live-board.ts';
import type { PanelView } from './panel-views.ts';

/** Results of a panel by the role of their query: `main`, `trend`, `links`. */
export type Results = Readonly<Record<string, Snapshot | undefined>>;

const DRAW_MS = 1000;
const LASTING: Health = { state: 'fresh', reason: null, age_ms: null };

/** The rows of a panel, at most once a second, and its health, each second. */
export function usePanel(
  view: () => PanelView,
  isBlank: (results: Results) => boolean,
): { results: Readonly<Ref<Results>>; health: ComputedRef<Health> } {
  const live = useLiveBoard();
  const clock = useClock();
  const connection = useConnection();
  const latest = computed<Results>(() =>
    Object.fromEntries(Object.entries(view().keys).map(([role, key]) => [role, live.result(key).value])),
  );
  // never deep: each cell of thousands of rows would be followed by itself
  const results = shallowRef(latest.value);
  watchThrottled(latest, () => (results.value = latest.value), { throttle: DRAW_MS });
  const blank = computed(() => isBlank(results.value));
  const health = computed(() => {
    const { panel } = view();
    // words and pictures do not grow old
    if (!('sources' in panel)) return LASTING;
    return healthOf({
      panel,
      snapshots: Object.values(results.value),
      blank: blank.value,
      pulse: connection.pulse,
      hearing: connection.hearing,
      now: clock.now ?? 0,
      monotonic: clock.monotonic,
    });
  });
  return { results, health };
}
