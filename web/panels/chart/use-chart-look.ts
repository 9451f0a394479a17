import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useWords } from '../../composables/use-words.ts';
import { useTheme } from '../../theme/use-theme.ts';
import { useUnit } from '../../wall/use-wall-unit.ts';
import type { ChartLook } from './chart-option.ts';

/** The look of charts here and now: it changes with the theme, the language and the size of the wall. */
export function useChartLook(): ComputedRef<ChartLook> {
  const { formats } = useWords();
  const { palette } = useTheme();
  const u = useUnit();
  return computed(() => ({ u: u.value, palette: palette.value, formats: formats.value }));
}
