import { useStorage } from '@vueuse/core';
import type { Ref } from 'vue';
import type { FilterChange } from '../desk-filter.ts';

/** A filter that a person named. `query` is its part of the address. */
export interface SavedFilter {
  name: string;
  query: Record<string, string>;
}

/** The filters that everybody has; their names are `desk.shipped.<id>`. An age tells dossiers by how long they are or will be due. */
export const SHIPPED: readonly { id: string; change: FilterChange }[] = [
  { id: 'late_31d', change: { state: 'open', age: 'late_31d' } },
  { id: 'apology_missing', change: { state: 'open_overdue', age: undefined, apology: 'missing' } },
  { id: 'due_24h', change: { state: 'open', age: 'due_24h' } },
  { id: 'due_3wd', change: { state: 'open', age: 'due_3wd' } },
  { id: 'paused', change: { state: 'paused', age: undefined } },
];

const isText = (value: unknown): value is string => typeof value === 'string';

function read(kept: string): SavedFilter[] {
  try {
    const found: unknown = JSON.parse(kept);
    if (!Array.isArray(found)) return [];
    return found.flatMap((each: unknown) => {
      if (typeof each !== 'object' || each === null || !('name' in each) || !('query' in each)) return [];
      if (!isText(each.name) || typeof each.query !== 'object' || each.query === null) return [];
      const parts: [string, string][] = [];
      for (const [key, value] of Object.entries(each.query)) if (isText(value)) parts.push([key, value]);
      return [{ name: each.name, query: Object.fromEntries(parts) }];
    });
  } catch {
    return []; // written by another version, or by hand
  }
}

/** The filters of this browser, kept between visits; what cannot be read is left out. */
export function useSavedFilters(): {
  saved: Ref<SavedFilter[]>;
  /** Keeps a filter under a name; one of that name is replaced. */
  save: (name: string, query: Record<string, string>) => void;
  remove: (name: string) => void;
} {
  const saved = useStorage<SavedFilter[]>('toan-canh.desk.filters', [], undefined, {
    serializer: { read, write: (value) => JSON.stringify(value) },
  });
  const without = (name: string): SavedFilter[] => saved.value.filter((filter) => filter.name !== name);
  return {
    saved,
    save: (name, query) => (saved.value = [...without(name), { name, query }]),
    remove: (name) => (saved.value = without(name)),
  };
}
