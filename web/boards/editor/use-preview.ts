import { refDebounced } from '@vueuse/core';
import { computed, shallowRef, watch } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { OpenLink } from '../../live/socket.ts';
import { useBoard } from '../../live/use-board.ts';
import type { LiveBoard } from '../../live/use-board.ts';
import { draftLink } from './draft-link.ts';

/** How long nobody types before the text is looked at, in milliseconds. */
const PAUSE_MS = 500;
/** The server takes as much, in bytes. */
const MOST_BYTES = 48 * 1024;

/** The picture of a draft, and what is wrong with its text. */
export interface Preview {
  live: LiveBoard;
  faults: Readonly<ShallowRef<readonly FileFault[]>>;
  /** `checking` from a key until the server has said what it thinks of the text. */
  state: ComputedRef<'checking' | 'good' | 'wrong' | 'too_large'>;
}

/** Draws a draft as it is written, a moment after each pause, seen as `unit` and by the choices of its
 * `variables`. A text that is wrong leaves the picture before it. */
export function usePreview(options: {
  board: () => string;
  unit: MaybeRefOrGetter<string | undefined>;
  variables: MaybeRefOrGetter<Readonly<Record<string, string>>>;
  text: () => string | undefined;
  open?: OpenLink;
}): Preview {
  const faults = shallowRef<readonly FileFault[]>([]);
  const checked = shallowRef<string>();
  const current = computed(options.text);
  const paused = refDebounced(current, PAUSE_MS);
  const isTooLarge = computed(() => new Blob([current.value ?? '']).size > MOST_BYTES);
  const link = draftLink({
    // the first text is not waited for
    text: () => (isTooLarge.value ? undefined : (paused.value ?? current.value)),
    checked: (text, found) => {
      if (text !== current.value) return;
      checked.value = text;
      faults.value = found;
    },
    ...(options.open && { open: options.open }),
  });
  const { board, unit, variables } = options;
  const live = useBoard({ board, unit, variables, open: link.open });
  watch(paused, () => link.again());
  const state = computed(() => {
    if (isTooLarge.value) return 'too_large';
    if (checked.value === undefined || checked.value !== current.value) return 'checking';
    return faults.value.length > 0 ? 'wrong' : 'good';
  });
  return { live, faults, state };
}
