import { createGlobalState, useStorage } from '@vueuse/core';
import type { Ref } from 'vue';

/** Whether this browser sounds for new alerts; off until somebody says so, by the switch or by `?sound=on` on a wall. */
export const useSound: () => Ref<boolean> = createGlobalState(() => useStorage('toan-canh.sound', false));
