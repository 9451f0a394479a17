import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { isLive } from '../../lens.ts';
import type { Filter } from './filter.ts';
import { isOpenGroup } from './outcome-groups.ts';
import type { Place } from './place.ts';
import type { DossierQuery } from './queries.ts';

/**
 * Which set answers: that of open dossiers where the filter asks for no other, and for an instant of the past what is kept, with those that
 * were under way then folded again. All say the same.
 */
export function querySet(
  query: DossierQuery,
  { state, age, apology }: Filter,
  { lens }: Pick<Place, 'lens'>,
): LoadedQuery {
  const isOpen = age !== undefined || apology !== undefined || (state !== undefined && isOpenGroup(state));
  const { all, open } = isLive(lens) ? query : query.recalled;
  return isOpen ? open : all;
}
