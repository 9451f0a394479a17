import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useWords } from '../../composables/use-words.ts';

const EXPLAINED = ['title', 'question', 'metric', 'opens', 'sources', 'stale_after_s', 'at', 'queries'] as const;

/** What the lines of a panel that is put in are explained by, in the language of whoever writes. */
export function useComments(): ComputedRef<Record<string, string>> {
  const { t } = useWords();
  return computed(() => Object.fromEntries(EXPLAINED.map((key) => [key, t(`editor.comment.${key}`)])));
}
