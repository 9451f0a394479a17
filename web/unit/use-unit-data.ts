import { useThrottleFn } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import type { Family } from '#ingest/schema/event.ts';
import { useResource } from '../composables/use-resource.ts';
import { ChasePageSchema, DossierPageSchema, SummarySchema } from '../http/dossier-schemas.ts';
import { NetworkSchema, StandingSchema, UnitSchema } from '../http/unit-schemas.ts';
import { useClock } from '../stores/clock.ts';

/** Asked again at least this often, in case that the socket brings nothing. */
const EVERY_MS = 20_000;
/** Not sooner than this after a change: a province's figures move by the second. */
const PAUSE_MS = 4_000;
/** The standing counts days; whoever else looks at it shares one question in half a minute. */
const STANDING_MS = 60_000;
/** Rows of a list that are shown; the desk has the rest. */
const TOP = 5;

/** Everything that the page of a unit asks for. */
export type UnitData = ReturnType<typeof useUnitData>;

/**
 * Asks for what a unit's page shows, and every twenty seconds again; the last replies are kept in the browser for when nothing answers. What is to
 * be dealt with first comes first: `isReady` once the unit is known and each list came or was refused, the rest is asked for then. Of a unit that nobody knows there is no rest.
 */
export function useUnitData(unit: () => string) {
  const clock = useClock();
  const of = (rest: string) => () => `/api/dossiers${rest}&unit=${encodeURIComponent(unit())}`;
  const own = (rest: string) => () => `/api/units/${encodeURIComponent(unit())}${rest}`;
  const asked = { every_ms: EVERY_MS, recall: true } as const;
  const summary = (rest: string) => useResource({ url: of(`/summary?${rest}`), schema: SummarySchema, ...asked });
  const list = (rest: string) => useResource({ url: of(`?${rest}&limit=${TOP}`), schema: DossierPageSchema, ...asked });
  const first = {
    page: useResource({ url: own(''), schema: UnitSchema, ...asked }),
    ages: summary('group_by=age&state=open'),
    slips: summary('group_by=apology&state=open_overdue'),
    overdue: list('state=open_overdue'),
    soon: list('state=open_due_soon'),
  };
  const isReady = shallowRef(false);
  watch(
    computed(
      () =>
        first.page.data.value !== undefined && Object.values(first).every(({ status }) => status.value !== 'loading'),
    ),
    (isThere) => {
      // once the browser has drawn it: an old computer does one thing at a time
      if (isThere) requestAnimationFrame(() => setTimeout(() => (isReady.value = true)));
    },
    { immediate: true },
  );
  const then = (url: () => string) => () => (isReady.value ? url() : undefined);
  const network = useResource({ url: then(own('/network')), schema: NetworkSchema, ...asked });
  const chases = useResource({
    url: then(() => `/api/chases?limit=200&unit=${encodeURIComponent(unit())}`),
    schema: ChasePageSchema,
    ...asked,
  });
  const standing = useResource({
    url: then(own('/standing')),
    schema: StandingSchema,
    every_ms: STANDING_MS,
    recall: true,
  });

  const refreshDossiers = useThrottleFn(() => Object.values(first).forEach(({ refresh }) => refresh()), PAUSE_MS, true);
  const refreshNetwork = useThrottleFn(() => network.refresh(), PAUSE_MS, true);
  /** Asks again for what is made of these families of events. */
  const refresh = (families: readonly Family[]): void => {
    if (families.includes('dossier')) void refreshDossiers();
    if (families.includes('link') || families.includes('security')) void refreshNetwork();
  };
  watch([first.page.data, first.page.isKept], ([reply, isKept]) => {
    if (reply && !isKept) clock.hear(reply.at);
  });
  return { ...first, network, chases, standing, isReady, refresh };
}
