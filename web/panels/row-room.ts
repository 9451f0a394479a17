import { useElementSize } from '@vueuse/core';
import type { MaybeComputedElementRef } from '@vueuse/core';
import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useWallScale } from '../wall/use-wall-unit.ts';

/**
 * How many whole rows have room in a box, and how high each then is, in wall units between `least` and `most`. On a phone, and before the box is
 * measured, all have.
 *
 * @param head height of what stands above the rows, in wall units
 */
export function useRowRoom(
  box: MaybeComputedElementRef,
  { line, rows, head = 0 }: { line: { least: number; most: number }; rows: () => number; head?: number },
): { room: ComputedRef<number>; height: ComputedRef<number> } {
  const scale = useWallScale();
  const { height: measured } = useElementSize(box);
  const free = computed(() => measured.value / scale.value.u - head);
  const isOpen = computed(() => measured.value === 0 || scale.value.stacked);
  const room = computed(() =>
    isOpen.value ? rows() : Math.max(1, Math.min(rows(), Math.floor((free.value + 0.5) / line.least))),
  );
  const height = computed(() =>
    isOpen.value ? line.least : Math.min(line.most, free.value / Math.max(1, room.value)),
  );
  return { room, height };
}
