import { useThrottleFn } from '@vueuse/core';
import { computed, watch } from 'vue';
import type { ComputedRef } from 'vue';
import type { Family } from '#ingest/schema/event.ts';
import { useResource } from '../composables/use-resource.ts';
import type { Resource } from '../composables/use-resource.ts';
import { ChasePageSchema, DossierPageSchema, SummarySchema } from '../http/dossier-schemas.ts';
import { NetworkSchema, StandingSchema, UnitSchema } from '../http/unit-schemas.ts';
import type { LiveBoard } from '../live/use-board.ts';
import { useClock } from '../stores/clock.ts';

/** Asked again at least this often, in case that the socket brings nothing. */
const EVERY_MS = 20_000;
/** Not sooner than this after a change: a province's figures move by the second. */
const PAUSE_MS = 4_000;
/** The standing counts days; whoever else looks at it shares one question in half a minute. */
const STANDING_MS = 60_000;
/** Rows of a list that are shown; the desk has the rest. */
const TOP = 5;

/** Everything that the page of a unit asks for, kept in the browser for when nothing answers. */
export type UnitData = ReturnType<typeof useUnitData>;

/** A sum that changes whenever a result of a family does. */
function revision(live: LiveBoard, families: readonly Family[]): ComputedRef<number> {
  return computed(() =>
    live.panels.value
      .filter(({ panel }) => panel.sources.some((family) => families.includes(family)))
      .flatMap(({ keys }) => Object.values(keys))
      .reduce((sum, key) => sum + (live.result(key).value?.seq ?? 0), 0),
  );
}

/** Asks for what a unit's page shows, again whenever a figure of its board moves, and every twenty seconds. */
export function useUnitData(unit: () => string, live: LiveBoard) {
  const clock = useClock();
  const of = (rest: string) => () => `/api/dossiers${rest}&unit=${encodeURIComponent(unit())}`;
  const own = (rest: string) => () => `/api/units/${encodeURIComponent(unit())}${rest}`;
  const asked = { every_ms: EVERY_MS, recall: true } as const;
  const page = useResource({ url: own(''), schema: UnitSchema, ...asked });
  const ages = useResource({ url: of('/summary?group_by=age&state=open'), schema: SummarySchema, ...asked });
  const slips = useResource({
    url: of('/summary?group_by=apology&state=open_overdue'),
    schema: SummarySchema,
    ...asked,
  });
  const overdue = useResource({ url: of(`?state=open_overdue&limit=${TOP}`), schema: DossierPageSchema, ...asked });
  const soon = useResource({
    url: of(`?state=open_due_soon&limit=${TOP}`),
    schema: DossierPageSchema,
    ...asked,
  });
  const network = useResource({ url: own('/network'), schema: NetworkSchema, ...asked });
  const chases = useResource({
    url: () => `/api/chases?limit=200&unit=${encodeURIComponent(unit())}`,
    schema: ChasePageSchema,
    ...asked,
  });
  const standing = useResource({
    url: own('/standing'),
    schema: StandingSchema,
    every_ms: STANDING_MS,
    recall: true,
  });

  const again = (resources: readonly Pick<Resource<unknown>, 'refresh'>[]) =>
    useThrottleFn(
      () => {
        for (const resource of resources) resource.refresh();
      },
      PAUSE_MS,
      true,
      false,
    );
  watch(revision(live, ['dossier']), again([page, ages, slips, overdue, soon]));
  watch(revision(live, ['link', 'security']), again([network]));
  watch([page.data, page.isKept], ([reply, isKept]) => {
    if (reply && !isKept) clock.hear(reply.at);
  });
  return { page, ages, slips, overdue, soon, network, chases, standing };
}
