import type { LabelOptions } from '#dashboards/schema/board.ts';
import { useWords } from '../composables/use-words.ts';
import type { Row } from '../live/rows.ts';

/** Names the rows of a panel by its options: units by their short names, ids by the panel's own words. */
export function useLabelName(options: () => LabelOptions): (label: string, row: Row) => string {
  const { text, unitName } = useWords();
  return (label, row) => {
    const { label: kind, labels } = options();
    if (kind === 'unit') return unitName(label);
    if (kind === 'text') return text(labels[label]) || row.text('name') || label;
    const group = text(labels[row.text('group') ?? '']);
    const name = row.text('name') ?? unitName(row.text('unit') ?? label);
    return [group, name].filter((part) => part !== '').join(' · ');
  };
}
