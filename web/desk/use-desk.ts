import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import type { RouteLocationRaw } from 'vue-router';
import type { DossierRow } from '#api/contract-dossiers.ts';
import { changeFilter, defaultState, one, readFilter, writeFilter } from './desk-filter.ts';
import type { DeskFilter, FilterChange } from './desk-filter.ts';
import { readFigure } from '../records/figure.ts';

/** How often the desk asks again, in ms. */
export const EVERY_MS = 15_000;

/** The filter in the address, and ways to another. */
export interface Desk {
  filter: ComputedRef<DeskFilter>;
  /** The number of a board that led here, as long as the list is that of the same filter. */
  figure: ComputedRef<number | undefined>;
  /** The dossier that is open beside the list. */
  opened: ComputedRef<string | undefined>;
  /** The unit that it is a dossier of: another may use the same number. Undefined where the address does not say. */
  openedUnit: ComputedRef<string | undefined>;
  /** Set while the desk follows the present; undefined when it looks at an instant that is past, which does not change. */
  everyMs: ComputedRef<number | undefined>;
  /** Where a change of the filter leads. */
  to: (change: FilterChange) => RouteLocationRaw;
  go: (change: FilterChange) => void;
  /** Opens a dossier beside the list; undefined closes it. The list stays. */
  open: (row: Pick<DossierRow, 'dossier_id' | 'unit'> | undefined) => void;
}

/** What all parts of the desk share: it is all in the address. */
export function useDesk(): Desk {
  const route = useRoute();
  const router = useRouter();
  const filter = computed(() => readFilter(route.query));
  const to = (change: FilterChange): RouteLocationRaw => {
    // a search in the list that the desk opens with is of all states: nobody has chosen one
    const isOpenChoice = 'q' in change && one(route.query.state) === undefined;
    const state = isOpenChoice ? { state: defaultState({ ...filter.value, ...change }) } : {};
    const next = writeFilter(changeFilter(filter.value, { ...state, ...change }), route.query);
    const query = isOpenChoice ? { ...next, state: undefined } : next;
    // another order is the same list
    const isSame = Object.keys(change).every((key) => key === 'sort');
    return { path: '/desk', query: isSame ? { ...query, figure: route.query.figure } : query };
  };
  return {
    filter,
    figure: computed(() => readFigure(route.query)),
    opened: computed(() => one(route.query.dossier)),
    openedUnit: computed(() => one(route.query.of)),
    everyMs: computed(() => (filter.value.at === undefined ? EVERY_MS : undefined)),
    to,
    go: (change) => void router.push(to(change)),
    open: (row) => {
      const query = { ...route.query, dossier: row?.dossier_id, of: row?.unit || undefined };
      void router.replace({ path: '/desk', query });
    },
  };
}
