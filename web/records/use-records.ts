import { computed } from 'vue';
import type { ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import type { LocationQuery, RouteLocationRaw } from 'vue-router';
import type * as z from 'zod/mini';
import { useResource } from '../composables/use-resource.ts';
import type { Resource } from '../composables/use-resource.ts';

/** How often a list of the present is asked for again, in ms. */
const EVERY_MS = 5_000;

/** What every list can be narrowed by. */
const COMMON = ['unit', 'own', 'at', 'known_at'] as const;

/** The parts of an address that are its filter, under the names that the API knows. */
export function filterOf(query: LocationQuery, keys: readonly string[]): Readonly<Record<string, string>> {
  const said: Record<string, string> = {};
  for (const key of [...COMMON, ...keys]) {
    const value = query[key];
    const text = Array.isArray(value) ? value[0] : value;
    if (text) said[key] = text;
  }
  return said;
}

/** A list of records as its address says it. */
export interface Records<T> extends Resource<T> {
  filter: ComputedRef<Readonly<Record<string, string>>>;
  /** Where a change of the filter leads; undefined takes a part away. The figure that led here was not counted by another filter, nor is a page one of another list. */
  to: (change: Readonly<Record<string, string | undefined>>) => RouteLocationRaw;
}

/** The list at `path` (`/api/links`), narrowed by the `keys` of the address besides unit and instant. */
export function useRecords<S extends z.ZodMiniType>(options: {
  path: string;
  keys: readonly string[];
  schema: S;
}): Records<z.output<S>> {
  const route = useRoute();
  const filter = computed(() => filterOf(route.query, options.keys));
  const resource = useResource({
    url: () => `${options.path}?${new URLSearchParams(filter.value).toString()}`,
    schema: options.schema,
    every_ms: () => (filter.value.at === undefined ? EVERY_MS : undefined),
  });
  return {
    ...resource,
    filter,
    to: (change) => ({
      query: { ...route.query, figure: undefined, figure_at: undefined, after: undefined, ...change },
    }),
  };
}
