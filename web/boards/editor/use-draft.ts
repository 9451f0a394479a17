import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, Ref } from 'vue';
import { toValue } from 'vue';
import { keepDrafts } from './kept-draft.ts';
import type { KeptDrafts } from './kept-draft.ts';

/** What is written of a board, and how it stands to its file. */
export interface Draft {
  /** The text as it is written; undefined until the file is there. */
  text: Ref<string | undefined>;
  /** Whether it differs from the file. */
  isChanged: ComputedRef<boolean>;
  /** Whether the file has changed since the draft was begun. */
  hasMoved: ComputedRef<boolean>;
  /** Whether it differs from what was saved last, as a file or by its folder: it would be missed. */
  isUnsaved: ComputedRef<boolean>;
  /** Whether the browser has no room to keep it. */
  isUnkept: Readonly<Ref<boolean>>;
  /** Goes back to the file. */
  discard: () => void;
  /** Goes on with the draft although the file has changed. */
  keep: () => void;
  /** Notes that the text was saved as a file. */
  saved: () => void;
}

/**
 * The draft of a board: begun with the text of its `file`, which it follows for as long as nothing is changed, and kept in the browser from the first
 * change on until it is the file again or is discarded.
 */
export function useDraft(options: {
  id: MaybeRefOrGetter<string>;
  file: MaybeRefOrGetter<string | undefined>;
  kept?: KeptDrafts;
}): Draft {
  const kept = options.kept ?? keepDrafts(localStorage);
  const text = shallowRef<string>();
  const base = shallowRef<string>();
  const savedText = shallowRef<string>();
  const isUnkept = shallowRef(false);
  const file = computed(() => toValue(options.file));
  const isChanged = computed(() => text.value !== undefined && text.value !== file.value);

  watch(
    file,
    (now, before) => {
      if (now === undefined) return;
      if (text.value === undefined) {
        const held = kept.read(toValue(options.id));
        text.value = held?.text ?? now;
        base.value = held?.base ?? now;
        if (held?.text === now) kept.forget(toValue(options.id));
      } else if (text.value === before) {
        // nothing was written here: what is on disk is what is edited
        text.value = now;
        base.value = now;
      }
      // the draft was put where it belongs
      if (text.value === now) base.value = now;
    },
    { immediate: true },
  );
  watch([text, base, file], () => {
    if (text.value === undefined || file.value === undefined) return;
    if (isChanged.value)
      isUnkept.value = !kept.write(toValue(options.id), { text: text.value, base: base.value ?? file.value });
  });
  // only what was kept here: another tab may have a draft of the same board
  watch(isChanged, (is) => {
    if (!is) kept.forget(toValue(options.id));
  });
  return {
    text,
    isChanged,
    hasMoved: computed(() => isChanged.value && file.value !== undefined && base.value !== file.value),
    isUnsaved: computed(() => isChanged.value && text.value !== savedText.value),
    isUnkept,
    discard: () => {
      text.value = file.value;
      base.value = file.value;
    },
    keep: () => (base.value = file.value),
    saved: () => (savedText.value = text.value),
  };
}
