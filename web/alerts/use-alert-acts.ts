import { useTimeoutFn } from '@vueuse/core';
import { shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { Alert, AlertActRequest } from '#api/contract-alerts.ts';
import { send } from '../http/get-json.ts';
import type { RequestError } from '../http/get-json.ts';
import { useAct } from '../session/use-act.ts';
import { undoOf } from './undo-of.ts';

/** How long what was done can be taken back by one press, in ms. */
const UNDO_MS = 12_000;

/** What was done last, until it is too late to take it back by one press. */
export interface Done {
  act: AlertActRequest['act'];
  count: number;
  undo: readonly AlertActRequest[];
}

/** Work on alerts that waits for the server's word. */
export interface AlertActs {
  isBusy: Readonly<Ref<boolean>>;
  failure: Readonly<ShallowRef<RequestError | undefined>>;
  done: Readonly<ShallowRef<Done | undefined>>;
  /** Does it about these alerts, as they stand; true when it was done. */
  act: (request: Omit<AlertActRequest, 'alert_ids'>, alerts: readonly Alert[]) => Promise<boolean>;
  undo: () => Promise<void>;
  forget: () => void;
}

/** Acts on alerts, one thing at a time, and keeps how to take the last one back. `changed` is called when something was stored. */
export function useAlertActs(changed: () => void): AlertActs {
  const { isBusy, failure, run } = useAct();
  const done = shallowRef<Done>();
  const { start } = useTimeoutFn(() => (done.value = undefined), UNDO_MS, { immediate: false });
  const post = (request: AlertActRequest) => send('POST', '/api/alerts/act', request);

  return {
    isBusy,
    failure,
    done,
    act: async (wanted, alerts) => {
      if (alerts.length === 0) return false;
      const request = { ...wanted, alert_ids: alerts.map(({ alert_id }) => alert_id) };
      if (!(await run(() => post(request)))) return false;
      done.value = { act: request.act, count: alerts.length, undo: undoOf(request, alerts) };
      start();
      changed();
      return true;
    },
    undo: async () => {
      const last = done.value;
      if (last === undefined || last.undo.length === 0) return;
      const back = async (): Promise<void> => {
        for (const request of last.undo) await post(request);
      };
      if (await run(back)) done.value = undefined;
      changed();
    },
    forget: () => (done.value = undefined),
  };
}
