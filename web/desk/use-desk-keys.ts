import { useEventListener } from '@vueuse/core';
import type { DeskAction, KeyPress } from './desk-keys.ts';
import { deskAction, placeOf } from './desk-keys.ts';

/**
 * Listens for the keys of a page that is a list and tells what they ask for, as `read` reads them. While `isModal` a dialog has the keys; in a field
 * that takes text Escape leaves the field and does no more.
 */
export function useListKeys<A extends { kind: string }>(options: {
  isModal: () => boolean;
  read: (press: KeyPress) => A | undefined;
  act: (action: A) => void;
}): void {
  useEventListener('keydown', (event: KeyboardEvent) => {
    if (options.isModal() || event.defaultPrevented) return;
    const place = placeOf(event.target);
    if (event.key === 'Escape' && place === 'text') {
      if (event.target instanceof HTMLElement) event.target.blur();
      return;
    }
    const modified = event.ctrlKey || event.metaKey || event.altKey;
    const action = options.read({ key: event.key, shift: event.shiftKey, modified, place });
    if (action === undefined) return;
    if (action.kind !== 'back') event.preventDefault();
    options.act(action);
  });
}

/** Listens for the keys of the desk. */
export function useDeskKeys(options: { isModal: () => boolean; act: (action: DeskAction) => void }): void {
  useListKeys({ ...options, read: deskAction });
}
