import { createGlobalState, useStorage } from '@vueuse/core';
import { computed, ref, shallowRef, watchEffect } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { readPalette } from './read-palette.ts';
import type { Palette } from './read-palette.ts';

export type Theme = 'dark' | 'light';

/** True for text that names a theme. */
export function isTheme(value: unknown): value is Theme {
  return value === 'dark' || value === 'light';
}

function currentPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  return readPalette((name) => style.getPropertyValue(name));
}

/**
 * The theme of the page: what `?theme=` said last, kept between visits; otherwise dark on walls, and as the viewer's system prefers
 * elsewhere. `palette` are its colours for what cannot read custom properties.
 */
export const useTheme = createGlobalState(
  (): {
    theme: Readonly<Ref<Theme>>;
    palette: Readonly<ShallowRef<Palette>>;
    choose: (theme: Theme) => void;
    onWall: (is: boolean) => void;
  } => {
    const kept = useStorage<string>('toan-canh.theme', '');
    const wall = ref(false);
    const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
    const theme = computed<Theme>(() => {
      if (isTheme(kept.value)) return kept.value;
      return !wall.value && prefersLight ? 'light' : 'dark';
    });
    const palette = shallowRef<Palette>(currentPalette());
    watchEffect(() => {
      document.documentElement.dataset.theme = theme.value;
      palette.value = currentPalette();
    });
    return { theme, palette, choose: (next) => (kept.value = next), onWall: (is) => (wall.value = is) };
  },
);
