import { inject, toValue, watchEffect } from 'vue';
import type { InjectionKey, MaybeRefOrGetter, Ref } from 'vue';

/** What a panel writes at the right of its heading; undefined leaves the unit of its metric there. */
export const PANEL_NOTE: InjectionKey<Ref<string | undefined>> = Symbol('panel note');

/** Writes a note at the right of the heading of the enclosing panel, in place of the unit. */
export function usePanelNote(note: MaybeRefOrGetter<string>): void {
  const target = inject(PANEL_NOTE, undefined);
  watchEffect(() => {
    if (target) target.value = toValue(note);
  });
}
