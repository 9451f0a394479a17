import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import { RequestError } from '../http/get-json.ts';

/** Something that is done by a press of a button: whether it is under way, and what it failed with. */
export interface Act {
  isBusy: Ref<boolean>;
  failure: ShallowRef<RequestError | undefined>;
  /** Does it, unless it is under way; true when it was done. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** Makes an act: twice at once is once, and a failure is kept to be shown. */
export function useAct(): Act {
  const isBusy = ref(false);
  const failure = shallowRef<RequestError>();
  const run = async (work: () => Promise<unknown>): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    failure.value = undefined;
    try {
      await work();
      return true;
    } catch (reason) {
      failure.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, String(reason));
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return { isBusy, failure, run };
}
