import { useWindowSize } from '@vueuse/core';
import { computed, inject } from 'vue';
import type { ComputedRef, InjectionKey } from 'vue';

/** The design size of a wall: everything on it is measured in 1/1080 of its height. */
const DESIGN = { width: 1920, height: 1080 } as const;
/** Width in units of a screen held upright, and of a phone at least. */
const COLUMN = 624;
/** Two screens side by side, or three. */
const WIDE = 2.1;

/** How a wall is laid out. `u` is the length of one wall unit in CSS pixels; `stacked` puts the panels in one column, `wide` beside the map. */
export interface WallScale {
  u: number;
  stacked: boolean;
  wide: boolean;
}

/**
 * The scale of a screen. A screen of 16:9 or wider shows the whole board, wider rather than stretched; a narrower one is bound by its width;
 * one held upright gets a column to scroll.
 */
export function wallScale(width: number, height: number): WallScale {
  if (width / height < 1.15)
    return { u: Math.max(0.5, width / Math.max(COLUMN, Math.min(width, 1080))), stacked: true, wide: false };
  const u = Math.max(0.2, Math.min(width / DESIGN.width, height / DESIGN.height));
  return { u, stacked: false, wide: width / height > WIDE };
}

/** The scale of the enclosing wall. */
export const WALL_SCALE: InjectionKey<ComputedRef<WallScale>> = Symbol('wall scale');

/** The scale of the window, as it is resized. */
export function useWindowScale(): ComputedRef<WallScale> {
  const { width, height } = useWindowSize({ includeScrollbar: false });
  // one object a change of size: charts that read it do not draw again for nothing
  return computed((before) => {
    const next = wallScale(width.value, Math.max(1, height.value));
    return before && before.u === next.u && before.stacked === next.stacked && before.wide === next.wide
      ? before
      : next;
  });
}

/** One wall unit in CSS pixels, for what cannot read the custom property `--u`: canvases and maps. */
export function useUnit(): ComputedRef<number> {
  const scale = inject(WALL_SCALE, undefined);
  return computed(() => scale?.value.u ?? 1);
}

/** The scale of the enclosing wall; one pixel a unit outside of one. */
export function useWallScale(): ComputedRef<WallScale> {
  const scale = inject(WALL_SCALE, undefined);
  return computed(() => scale?.value ?? { u: 1, stacked: false, wide: false });
}
