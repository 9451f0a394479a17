import type { SummaryBy, SummaryReply } from '#api/contract-dossiers.ts';
import type { Words } from '../../composables/use-words.ts';
import { AGES } from '../../http/dossier-schemas.ts';
import type { DeskFilter, FilterChange } from '../desk-filter.ts';

/** One line of a facet: how many, and the change of the filter that lists exactly those. */
export interface FacetLine {
  key: string;
  label: string;
  count: number;
  isChosen: boolean;
  /** Null where the source said nothing that could be asked for. */
  change: FilterChange | null;
}

function labelOf(
  by: SummaryBy,
  line: { key: string; label: string },
  { t, has, unitName }: Pick<Words, 't' | 'has' | 'unitName'>,
): string {
  const { key } = line;
  if (key === '') return t('desk.not_said');
  if (by === 'age') return t(`desk.ages.${key}`);
  if (by === 'channel') return has(`channel.${key}`) ? t(`channel.${key}`) : key;
  if (by === 'handler' && key === 'none') return t('desk.not_said');
  if (by === 'unit' || by === 'handler') return unitName(key);
  return line.label || key;
}

/** The change that a line stands for. A chosen line is given up, except a unit: from there one goes up. */
function changeOf(by: SummaryBy, key: string, isChosen: boolean): FilterChange | null {
  if (key === '') return null;
  if (by === 'age') {
    const age = AGES.find((known) => known === key);
    return { age: isChosen ? undefined : age, state: 'open' };
  }
  return { [by]: isChosen ? undefined : key };
}

/**
 * The lines of a breakdown for the group that is listed; ages are always those of open dossiers. Ages keep their order, the rest is most
 * first. Lines that would open an empty list are left out.
 */
export function facetView(
  reply: SummaryReply,
  filter: DeskFilter,
  words: Pick<Words, 't' | 'has' | 'unitName'>,
): FacetLine[] {
  const by = reply.by;
  if (by === null) return [];
  const group = by === 'age' ? 'open' : filter.state;
  const lines = reply.lines
    .map((line) => {
      const isChosen = filter[by] === line.key;
      return {
        key: line.key,
        label: labelOf(by, line, words),
        count: line.counts[group],
        isChosen,
        change: changeOf(by, line.key, isChosen),
      };
    })
    .filter((line) => line.count > 0 || line.isChosen);
  if (by === 'age') {
    const place = new Map<string, number>(AGES.map((age, index) => [age, index]));
    return lines.sort((one, other) => (place.get(one.key) ?? 0) - (place.get(other.key) ?? 0));
  }
  return lines.sort((one, other) => other.count - one.count || one.label.localeCompare(other.label, 'vi'));
}
