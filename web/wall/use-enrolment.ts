import { useTimeoutFn } from '@vueuse/core';
import { ref, shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { EnrolReason } from '#api/contract-screens.ts';
import { postJson, RequestError } from '../http/get-json.ts';
import { markScreen } from '../live/kept-picture.ts';
import { ClaimSchema, EnrolmentSchema } from '../http/screen-schemas.ts';

/** What a browser that is nobody shows, so that somebody can let it in. */
export interface Invitation {
  code: string;
  /** Why it is no screen, or none any more. */
  reason: EnrolReason;
}

const CLAIM_MS = 2_000;
/** After a refusal, or while the server is away. */
const RETRY_MS = 5_000;

/**
 * Asks for a code while `wanted`, for the board that the page was opened at (empty for none), and for the token until somebody has confirmed it; a code that lapses is followed by a new one. The cookie is set
 * by the reply: nothing of it is seen here.
 */
export function useEnrolment(
  wanted: MaybeRefOrGetter<boolean>,
  board: MaybeRefOrGetter<string>,
): Readonly<ShallowRef<Invitation | undefined>> {
  const invitation = shallowRef<Invitation>();
  const wait: Ref<number> = ref(CLAIM_MS);
  let secret: string | undefined;
  /** By the page's monotonic clock: the computer's may be wrong. */
  let lapses_at = 0;

  const ask = async (): Promise<void> => {
    const opened = toValue(board);
    const asked = await postJson('/api/screens/enrol', opened === '' ? {} : { board: opened }, EnrolmentSchema);
    secret = asked.state === 'waiting' ? asked.secret : undefined;
    if (asked.state === 'enrolled') return;
    lapses_at = performance.now() + asked.lapses_at - asked.now;
    invitation.value = { code: asked.code, reason: asked.reason };
  };
  const claim = async (known: string): Promise<void> => {
    const { state } = await postJson('/api/screens/claim', { secret: known }, ClaimSchema);
    if (state !== 'enrolled') return;
    secret = undefined;
    markScreen(localStorage);
    // a page that was refused all along starts anew as a screen
    location.reload();
  };
  const step = async (): Promise<void> => {
    if (!toValue(wanted)) return;
    wait.value = CLAIM_MS;
    try {
      await (secret === undefined || performance.now() > lapses_at ? ask() : claim(secret));
    } catch (error) {
      wait.value = RETRY_MS;
      // a code that nobody knows any more
      if (error instanceof RequestError && error.code === 'IOC_CODE_UNKNOWN') secret = undefined;
    }
    start();
  };
  const { start } = useTimeoutFn(() => void step(), wait, { immediate: false });
  watch(
    () => toValue(wanted),
    (is) => {
      if (!is) invitation.value = undefined;
      if (!is) secret = undefined;
      else void step();
    },
    { immediate: true },
  );
  return invitation;
}
