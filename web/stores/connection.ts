import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Failure, Pulse } from '#api/contract.ts';
import { silence } from '../live/freshness.ts';
import type { Hearing } from '../live/freshness.ts';
import { signedOut } from '../session/signed-out.ts';
import { useClock } from './clock.ts';

/** What the page hears from the server: the socket's state and the last pulse. One a page. */
export const useConnection = defineStore('connection', () => {
  const clock = useClock();
  const connected = ref(false);
  const downSince = ref<number | null>(performance.now());
  const pulseAt = ref<number | null>(null);
  const pulse = shallowRef<Pulse>();
  /** Why the server refused what was asked; null when it did not. */
  const refusal = shallowRef<Failure | null>(null);

  const hearing = computed<Hearing>(() => ({
    connected: connected.value,
    down_since: downSince.value,
    pulse_at: pulseAt.value,
    frozen_ms: clock.frozenMs,
  }));
  /** For how long nothing has been heard (ms); null while the server is heard. */
  const silentMs = computed(() => silence(hearing.value, clock.monotonic));

  return {
    connected,
    pulse,
    refusal,
    hearing,
    silentMs,
    up: (): void => {
      connected.value = true;
      downSince.value = null;
    },
    down: (): void => {
      if (connected.value || downSince.value === null) downSince.value = performance.now();
      connected.value = false;
    },
    heard: (next: Pulse): void => {
      clock.hear(next.now);
      pulseAt.value = performance.now();
      pulse.value = next;
    },
    /** Takes the last pulse of a picture that is `age_ms` old: what is drawn from it is that old, until the server is heard. */
    restore: (old: Pulse, age_ms: number): void => {
      if (pulse.value) return;
      clock.guess(old.now + age_ms);
      pulseAt.value = performance.now() - age_ms;
      pulse.value = old;
    },
    refused: (failure: Failure | null): void => {
      refusal.value = failure;
      if (failure?.code === 'IOC_SIGNED_OUT') signedOut.value += 1;
    },
  };
});
