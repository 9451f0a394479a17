import { useTimeoutFn } from '@vueuse/core';
import { ref, watch } from 'vue';
import type { Ref } from 'vue';

/** True for `ms` after `source` changed; not for its first value. */
export function useFlash(source: () => unknown, ms = 1000): Readonly<Ref<boolean>> {
  const on = ref(false);
  const { start } = useTimeoutFn(() => (on.value = false), ms, { immediate: false });
  watch(source, () => {
    on.value = true;
    start();
  });
  return on;
}
