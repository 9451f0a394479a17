import { useIntervalFn } from '@vueuse/core';
import { computed, onScopeDispose, watch } from 'vue';
import type { ComputedRef } from 'vue';
import { useRouter } from 'vue-router';
import { postJson } from '../http/get-json.ts';
import { NothingSchema } from '../http/screen-schemas.ts';
import { BUILD } from '../live/build.ts';
import type { LiveBoard } from '../live/use-board.ts';
import { useClock } from '../stores/clock.ts';
import { keepShell } from './keep-shell.ts';

const SIGN_MS = 10_000;
/** The server decides whether the token is of age. */
const RENEW_MS = 10 * 60_000;
const FRAME_MS = 1_000;

/**
 * Has a page on a wall do what its screen is told: show another board, load itself anew, and show a message while it stands. Tells the server how the
 * screen is, and has its token renewed. Does nothing in a browser that is no screen.
 */
export function useScreen(live: Pick<LiveBoard, 'orders' | 'sign'>, board: () => string): ComputedRef<string> {
  const router = useRouter();
  const clock = useClock();
  const frame = useLastFrame();
  const isScreen = computed(() => live.orders.value !== undefined);
  /** The last order to reload that was there when the page was opened, or has been obeyed. */
  let reloaded_at: number | undefined;

  const sign = (): void => {
    if (!isScreen.value) return;
    live.sign({
      board: board(),
      version: BUILD,
      frame_age_ms: Math.max(0, performance.now() - frame()),
      ...{ width: innerWidth, height: innerHeight, pixel_ratio: devicePixelRatio },
      uptime_ms: performance.now(),
    });
  };
  const renew = (): void => {
    // one that fails is asked for again: the token is good for longer than a year
    if (isScreen.value) postJson('/api/screens/own/renew', {}, NothingSchema).catch(() => undefined);
  };
  watch(isScreen, (is) => {
    if (!is) return;
    sign();
    renew();
    keepShell();
  });
  watch(board, sign);
  useIntervalFn(sign, SIGN_MS);
  useIntervalFn(renew, RENEW_MS);

  watch(live.orders, (orders) => {
    if (!orders) return;
    const before = (reloaded_at ??= orders.reload_at);
    if (orders.reload_at > before) location.reload();
    else if (orders.board !== board())
      void router.replace({
        path: `/wall/${encodeURIComponent(orders.board)}`,
        query: router.currentRoute.value.query,
      });
  });

  return computed(() => {
    const message = live.orders.value?.message;
    return message && (clock.now ?? 0) < message.until ? message.text : '';
  });
}

/** The instant (ms of the monotonic clock) at which the browser last drew: it asks for a frame every second, and notes when it gets one. */
function useLastFrame(): () => number {
  let last = performance.now();
  let asked: number | undefined;
  const { pause } = useIntervalFn(() => {
    asked ??= requestAnimationFrame((at) => {
      last = at;
      asked = undefined;
    });
  }, FRAME_MS);
  onScopeDispose(() => {
    pause();
    if (asked !== undefined) cancelAnimationFrame(asked);
  });
  return () => last;
}
