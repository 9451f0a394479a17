import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { EntryRequest } from '#api/contract-index.ts';
import { postJson, RequestError } from '../http/get-json.ts';
import { StoredEntriesSchema } from '../http/index-schemas.ts';

/** Figures on their way to be stored. */
export interface Entries {
  isBusy: Readonly<Ref<boolean>>;
  /** Whether the newest attempt was stored. */
  isStored: Readonly<Ref<boolean>>;
  /** What the newest attempt failed with. */
  failure: Readonly<ShallowRef<RequestError | undefined>>;
  /** Stores figures, one attempt at a time; true when they are stored. */
  enter: (request: EntryRequest) => Promise<boolean>;
}

/** Enters figures by hand. */
export function useEntries(): Entries {
  const isBusy = ref(false);
  const isStored = ref(false);
  const failure = shallowRef<RequestError>();
  const enter = async (request: EntryRequest): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    isStored.value = false;
    failure.value = undefined;
    try {
      await postJson('/api/entries', request, StoredEntriesSchema);
      isStored.value = true;
    } catch (reason) {
      failure.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, String(reason));
    } finally {
      isBusy.value = false;
    }
    return isStored.value;
  };
  return { isBusy, isStored, failure, enter };
}
