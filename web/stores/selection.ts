import { defineStore } from 'pinia';
import { ref } from 'vue';

/** The unit that a viewer points at: every panel that shows it marks it. */
export const useSelection = defineStore('selection', () => {
  const unit = ref<string | null>(null);
  return {
    unit,
    point: (code: string | null): void => {
      unit.value = code;
    },
  };
});
