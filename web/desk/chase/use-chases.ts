import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { Chase, ChaseRequest, ChaseStep } from '#api/contract-chases.ts';
import { ChaseSchema, SentChasesSchema } from '../../http/dossier-schemas.ts';
import { postJson, RequestError } from '../../http/get-json.ts';

/** Work on chases that waits for the server's word. */
export interface ChaseWork {
  /** Sends one chase for each unit; undefined when it failed. */
  send: (request: ChaseRequest) => Promise<Chase[] | undefined>;
  /** Takes a chase one step on, and gives it as it then is; undefined when it failed. */
  take: (chase_id: string, step: ChaseStep, text?: string) => Promise<Chase | undefined>;
  isBusy: Readonly<Ref<boolean>>;
  /** Why the newest attempt failed. */
  failure: Readonly<ShallowRef<RequestError | undefined>>;
}

/** Sends chases and takes them on. One thing at a time: a second press while one is on its way does nothing. */
export function useChases(): ChaseWork {
  const isBusy = ref(false);
  const failure = shallowRef<RequestError>();

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (isBusy.value) return undefined;
    isBusy.value = true;
    failure.value = undefined;
    try {
      return await work();
    } catch (reason) {
      failure.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, String(reason));
      return undefined;
    } finally {
      isBusy.value = false;
    }
  };
  return {
    send: (request) => attempt(async () => (await postJson('/api/chases', request, SentChasesSchema)).chases),
    take: (chase_id, step, text) =>
      attempt(() =>
        postJson(
          `/api/chases/${encodeURIComponent(chase_id)}/${step}`,
          text === undefined ? {} : { text },
          ChaseSchema,
        ),
      ),
    isBusy,
    failure,
  };
}
