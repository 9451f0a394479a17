import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { Who } from '#api/contract-auth.ts';
import { forgetReplies } from '../composables/kept-replies.ts';
import { getJson, RequestError, send } from '../http/get-json.ts';
import { WhoSchema } from '../http/session-schemas.ts';

/** Who is at this page, as the server knows them: `undefined` until it has said so, null when it knows nobody. */
export const useSession = defineStore('session', () => {
  const who = shallowRef<Who | null>();

  const load = async (): Promise<void> => {
    try {
      who.value = await getJson('/api/session', WhoSchema);
    } catch (error) {
      // a server that is away has not forgotten anybody
      if (error instanceof RequestError && error.status === 401) who.value = null;
    }
  };
  return {
    who,
    mayAct: computed(() => who.value?.may_act === true),
    mayImport: computed(() => who.value?.may_import === true),
    mayAdminister: computed(() => who.value?.may_administer === true),
    load,
    enter: (next: Who): void => {
      forgetReplies();
      who.value = next;
    },
    leave: async (): Promise<void> => {
      await send('DELETE', '/api/session');
      forgetReplies();
      await load();
    },
  };
});
