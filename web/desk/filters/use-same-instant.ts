import { watch } from 'vue';
import type { Resource } from '../../composables/use-resource.ts';

/** Replies so near to each other belong to one look, in ms. */
const SAME_MS = 2_000;

/**
 * Asks for a resource again when `at`, the instant of the list (epoch ms), has moved on from its own: figures that stand beside each other are then
 * of one moment, and stay so while somebody reads deep in the list.
 */
export function useSameInstant(
  resource: Pick<Resource<{ at: number }>, 'data' | 'refresh'>,
  at: () => number | undefined,
): void {
  watch(at, (instant) => {
    const own = resource.data.value?.at;
    if (instant !== undefined && own !== undefined && Math.abs(instant - own) > SAME_MS) resource.refresh();
  });
}
