import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import { useWords } from '../composables/use-words.ts';
import type { Records } from './use-records.ts';

/** One of a line of choices: a link, and whether it leads to where one is. */
export interface Choice {
  key: string;
  text: string;
  to: RouteLocationRaw;
  chosen: boolean;
}

/** What the part `key` of a list's filter can be: anything, or one of `values`. A value may be several with commas between, each of which is named. */
export function useFilterChoices(
  { filter, to }: Pick<Records<unknown>, 'filter' | 'to'>,
  options: { key: string; values: readonly string[]; name: (value: string) => string },
): ComputedRef<readonly Choice[]> {
  const { t } = useWords();
  const textOf = (value: string): string =>
    value
      .split(',')
      .map((one) => options.name(one))
      .join(', ');
  return computed(() =>
    [undefined, ...options.values].map((value) => ({
      key: value ?? 'all',
      text: value === undefined ? t('records.all') : textOf(value),
      to: to({ [options.key]: value }),
      chosen: filter.value[options.key] === value,
    })),
  );
}
