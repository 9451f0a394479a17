import { useEventListener } from '@vueuse/core';
import { ref, toValue } from 'vue';
import type { MaybeRefOrGetter, Ref } from 'vue';

const FORWARD = new Set(['j', 'ArrowDown']);
const BACK = new Set(['k', 'ArrowUp']);

/** True for an element that takes text or has keys of its own. */
function takesKeys(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, select, textarea, [contenteditable]') !== null;
}

/**
 * Moves through rows by keys: j or ↓ and k or ↑ choose, Enter opens, Esc closes. `chosen` is the id of the row.
 * A row that left the list when it was loaded again is chosen no longer; the one in its place is.
 */
export function useRowKeys(options: { ids: MaybeRefOrGetter<readonly string[]> }): {
  chosen: Ref<string | undefined>;
  isOpen: Ref<boolean>;
} {
  const chosen = ref<string>();
  const isOpen = ref(false);
  let place = -1;

  const choose = (index: number): void => {
    const ids = toValue(options.ids);
    place = Math.max(0, Math.min(ids.length - 1, index));
    chosen.value = ids[place];
  };
  const step = (by: number): void => {
    const at = chosen.value === undefined ? -1 : toValue(options.ids).indexOf(chosen.value);
    if (at === -1) choose(place === -1 ? 0 : place);
    else choose(at + by);
  };

  useEventListener('keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || takesKeys(event.target)) return;
    if (event.key === 'Escape') isOpen.value = false;
    else if (event.key === 'Enter' && chosen.value !== undefined && !(event.target instanceof HTMLAnchorElement))
      isOpen.value = true;
    else if (FORWARD.has(event.key)) step(1);
    else if (BACK.has(event.key)) step(-1);
    else return;
    if (event.key !== 'Enter') event.preventDefault();
  });
  return { chosen, isOpen };
}
