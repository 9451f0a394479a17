import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { isLive } from '../../lens.ts';
import type { Filter } from './filter.ts';
import { isOpenGroup } from './outcome-groups.ts';
import type { Place } from './place.ts';
import type { DossierQuery } from './queries.ts';

/**
 * How far back what is kept of the present still helps, in milliseconds: of a day, some hundredths of all dossiers are folded again; of a
 * month, most that matter would be, and the log may as well be folded as a whole.
 */
export const RECALL_MS = 24 * 3_600_000;

/**
 * Which set answers: that of open dossiers where the filter asks for no other, and for an instant of the last day what is kept, with what
 * has changed since folded again. All say the same.
 */
export function querySet(
  query: DossierQuery,
  { state, age, apology }: Filter,
  { lens, at, now }: Pick<Place, 'lens' | 'at' | 'now'>,
): LoadedQuery {
  const isOpen = age !== undefined || apology !== undefined || (state !== undefined && isOpenGroup(state));
  const isRecent = !isLive(lens) && now - Math.min(at, lens.known_at ?? now) <= RECALL_MS;
  const { all, open } = isRecent ? query.recalled : query;
  return isOpen ? open : all;
}
