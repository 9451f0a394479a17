import { useIntervalFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { createServerClock } from '../live/server-clock.ts';

const STEP_MS = 250;
/** A timer that comes this late was not run: the page was frozen, or its machine slept. */
const FROZEN_AFTER_MS = 5_000;
/** A pulse this far behind the estimate was queued while the page was frozen and heals nothing. */
const QUEUED_MS = 3_000;

/**
 * The time that pages show: the server's, from what the socket or a reply says, moved on by the page's monotonic clock. The
 * computer's own clock is never shown.
 */
export const useClock = defineStore('clock', () => {
  const server = createServerClock();
  /** The server's clock in whole seconds (epoch ms); undefined before the first word from the server. */
  const now = ref<number>();
  /** The page's monotonic clock at the same tick (ms). */
  const monotonic = ref(performance.now());
  /** Length of a freeze not yet healed by a pulse; null otherwise. */
  const frozenMs = ref<number | null>(null);
  let lastMonotonic = performance.now();
  let lastWall = Date.now();

  const show = (): void => {
    const estimate = server.at(performance.now());
    if (estimate === undefined) return;
    const second = Math.floor(estimate / 1000) * 1000;
    if (second === now.value) return;
    now.value = second;
    monotonic.value = performance.now();
  };

  const tick = (): void => {
    // a sleeping machine may stop the monotonic clock, so both are asked
    const gap = Math.max(performance.now() - lastMonotonic, Date.now() - lastWall);
    lastMonotonic = performance.now();
    lastWall = Date.now();
    if (gap > FROZEN_AFTER_MS) frozenMs.value = gap;
    if (now.value === undefined || frozenMs.value !== null) monotonic.value = performance.now();
    show();
  };

  /** Takes the server's clock (epoch ms) as a pulse or a reply just said it. */
  const hear = (serverNow: number): void => {
    const estimate = server.at(performance.now());
    if (estimate === undefined || serverNow > estimate - QUEUED_MS) frozenMs.value = null;
    server.hear(serverNow, performance.now());
    show();
  };

  /** Goes by an estimate of the server's clock (epoch ms) until the server says it. */
  const guess = (serverNow: number): void => {
    server.guess(serverNow, performance.now());
    show();
  };

  useIntervalFn(tick, STEP_MS);
  return { now, monotonic, frozenMs, hear, guess };
});
