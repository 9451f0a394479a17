import { useWords } from '../../composables/use-words.ts';
import type { LimitWords } from './limit-lines.ts';

/** How lines across a chart are said in the viewer's language. */
export function useLimitWords(): LimitWords {
  const { t } = useWords();
  return {
    target: (value) => t('figure.target', { value }),
    alarm: (value) => t('chart.alarm', { value }),
  };
}
