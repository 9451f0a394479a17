import { computed, ref, shallowRef, toValue, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';

/** Where one stands in a list, and what is marked in it. */
export interface Selection {
  /** Place of the current row; -1 before one was chosen. */
  place: Readonly<Ref<number>>;
  current: ComputedRef<string | undefined>;
  marked: Readonly<ShallowRef<ReadonlySet<string>>>;
  /** Goes to a place, or to the nearest there is; `extend` marks the rows on the way. */
  moveTo: (place: number, extend?: boolean) => void;
  moveToId: (id: string) => void;
  toggle: (id: string) => void;
  /** Marks everything loaded; when everything is, nothing. */
  toggleAll: () => void;
  clear: () => void;
}

/**
 * The current row and the marked rows of a list of ids. The current row is followed when the list changes; when it has left, the row
 * in its place is current. Marks are kept only for rows that are there.
 */
export function useSelection(ids: MaybeRefOrGetter<readonly string[]>): Selection {
  const place = ref(-1);
  const marked = shallowRef<ReadonlySet<string>>(new Set());
  const current = computed(() => toValue(ids)[place.value]);

  watch(
    () => toValue(ids),
    (list, before) => {
      const id = before[place.value];
      const found = id === undefined ? -1 : list.indexOf(id);
      place.value = found === -1 ? Math.min(place.value, list.length - 1) : found;
      if (marked.value.size === 0) return;
      const there = new Set(list);
      marked.value = new Set([...marked.value].filter((each) => there.has(each)));
    },
  );

  const moveTo = (wanted: number, extend = false): void => {
    const list = toValue(ids);
    const next = Math.max(0, Math.min(list.length - 1, wanted));
    if (list.length === 0) return;
    if (extend) {
      const from = place.value === -1 ? next : place.value;
      marked.value = new Set([...marked.value, ...list.slice(Math.min(from, next), Math.max(from, next) + 1)]);
    }
    place.value = next;
  };
  const toggle = (id: string): void => {
    const next = new Set(marked.value);
    if (!next.delete(id)) next.add(id);
    marked.value = next;
  };
  return {
    place,
    current,
    marked,
    moveTo,
    moveToId: (id) => {
      const found = toValue(ids).indexOf(id);
      if (found !== -1) place.value = found;
    },
    toggle,
    toggleAll: () => {
      const list = toValue(ids);
      marked.value = marked.value.size === list.length ? new Set() : new Set(list);
    },
    clear: () => (marked.value = new Set()),
  };
}
