import type { ReconciliationFigure } from '#api/contract-reconciliation.ts';
import { useWords } from '../composables/use-words.ts';

/** The source of what is entered by hand. */
const BY_HAND = 'toan-canh';

/** Says who stated a figure and when: a person by hand, or a source. Empty while nobody has. */
export function useStatedBy(): (figure: ReconciliationFigure) => string {
  const { t, formats } = useWords();
  return ({ by, source, at }) => {
    if (at === null) return '';
    const time = formats.value.dateTime(at);
    if (source === BY_HAND) return t('reconciliation.by_hand', { by, time });
    return by === ''
      ? t('reconciliation.by_source', { source, time })
      : t('reconciliation.by_both', { by, source, time });
  };
}
