import type { DossierGroup, SummaryBy, SummaryReply } from '#api/contract-dossiers.ts';
import type { Words } from '../../composables/use-words.ts';
import { AGES, APOLOGIES, CHASED, GROUPS } from '../../http/dossier-schemas.ts';
import type { Counts } from '../../http/dossier-schemas.ts';
import type { DeskFilter, FilterChange, ListedState } from '../desk-filter.ts';

/** One line of a facet: how many, and the change of the filter that lists exactly those. */
export interface FacetLine {
  key: string;
  label: string;
  count: number;
  isChosen: boolean;
  /** Null where the source said nothing that could be asked for. */
  change: FilterChange | null;
}

/** Where a breakdown stands: the unit that is broken down, and which codes are units that can be listed. */
export interface FacetPlace {
  unit: string | undefined;
  isUnit: (code: string) => boolean;
}

function labelOf(
  by: SummaryBy,
  line: { key: string; label: string },
  { unit }: FacetPlace,
  { t, has, unitName }: Pick<Words, 't' | 'has' | 'unitName'>,
): string {
  const { key } = line;
  if (key === '') return t('desk.not_said');
  if (by === 'age') return t(`desk.ages.${key}`);
  if (by === 'apology') return t(`desk.apologies.${key}`);
  if (by === 'chased') return t(`desk.chased_by.${key}`);
  if (by === 'channel') return has(`channel.${key}`) ? t(`channel.${key}`) : key;
  if (by === 'unit' && key === unit) return t('desk.unit_itself', { unit: unitName(key) });
  if (by === 'unit' || by === 'handler') return unitName(key);
  return line.label || key;
}

/** The change that a line stands for; null where nothing lists exactly those: at a unit that is not in the tree. */
function changeOf(by: SummaryBy, key: string, isChosen: boolean, { unit, isUnit }: FacetPlace): FilterChange | null {
  if (by === 'age') {
    const age = AGES.find((known) => known === key);
    return age === undefined ? null : { age: isChosen ? undefined : age, state: 'open' };
  }
  if (by === 'apology') {
    const apology = APOLOGIES.find((known) => known === key);
    return apology === undefined ? null : { apology: isChosen ? undefined : apology, state: 'open_overdue' };
  }
  if (by === 'chased') return { chased: isChosen ? undefined : CHASED.find((known) => known === key) };
  if (by === 'handler') {
    if (key !== '' && !isUnit(key)) return null;
    return { handler: isChosen ? undefined : key || NO_HANDLER };
  }
  if (by === 'unit' && key === unit) return { own: '1' };
  if (key === '' || (by === 'unit' && !isUnit(key))) return null;
  return { [by]: isChosen ? undefined : key };
}

/** Which group a breakdown counts. */
function groupOf(by: SummaryBy, { state }: DeskFilter): DeskFilter['state'] {
  if (by === 'age') return 'open';
  return by === 'apology' ? 'open_overdue' : state;
}

/** Groups that are sums of others. */
export const SUMS: ReadonlySet<DossierGroup> = new Set(['received', 'open', 'running', 'finished']);

/** How many dossiers some counts have of a state; of all states, what is in none of the sums. */
export function countOf(counts: Counts, state: ListedState): number {
  if (state !== 'all') return counts[state];
  return GROUPS.reduce((sum, group) => sum + (SUMS.has(group) ? 0 : counts[group]), 0);
}

/** How dossiers are asked for whose handler no source named. */
const NO_HANDLER = 'none';

/**
 * The lines of a breakdown for the group that is listed; ages are always those of open dossiers, apologies of overdue ones. Ages keep their order, the rest is most
 * first. Lines that would open an empty list are left out.
 */
export function facetView(
  reply: SummaryReply,
  filter: DeskFilter,
  place: FacetPlace,
  words: Pick<Words, 't' | 'has' | 'unitName'>,
): FacetLine[] {
  const by = reply.by;
  if (by === null) return [];
  const group = groupOf(by, filter);
  const lines = reply.lines
    .filter((line) => (by !== 'age' && by !== 'apology') || line.key !== '') // paused and ended ones have neither
    .map((line) => {
      const isChosen = by !== 'unit' && filter[by] === (by === 'handler' ? line.key || NO_HANDLER : line.key);
      return {
        key: line.key,
        label: labelOf(by, line, place, words),
        count: countOf(line.counts, group),
        isChosen,
        change: changeOf(by, line.key, isChosen, place),
      };
    })
    .filter((line) => line.count > 0 || line.isChosen);
  if (by === 'age') {
    const order = new Map<string, number>(AGES.map((age, index) => [age, index]));
    return lines.sort((one, other) => (order.get(one.key) ?? 0) - (order.get(other.key) ?? 0));
  }
  return lines.sort((one, other) => other.count - one.count || one.label.localeCompare(other.label, 'vi'));
}
