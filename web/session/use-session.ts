import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Who } from '#api/contract-auth.ts';
import { forgetReplies } from '../composables/kept-replies.ts';
import { deleteJson, getJson, RequestError } from '../http/get-json.ts';
import { LeftSchema, WhoSchema } from '../http/session-schemas.ts';

/** Who is at this page, as the server knows them: `undefined` until it has said so, null when it knows nobody. */
export const useSession = defineStore('session', () => {
  const who = shallowRef<Who | null>();
  /** Whether an account was here whose session ended by itself, or by another's hand: said at the log-in. */
  const isEnded = ref(false);

  const become = (next: Who | null): void => {
    if (who.value?.kind === 'account' && next?.kind !== 'account') isEnded.value = true;
    who.value = next;
  };
  const load = async (): Promise<void> => {
    try {
      become(await getJson('/api/session', WhoSchema));
    } catch (error) {
      // a server that is away has not forgotten anybody
      if (error instanceof RequestError && error.status === 401) become(null);
    }
  };
  return {
    who,
    isEnded,
    mayAct: computed(() => who.value?.may_act === true),
    mayImport: computed(() => who.value?.may_import === true),
    mayEdit: computed(() => who.value?.may_edit === true),
    mayAdminister: computed(() => who.value?.may_administer === true),
    load,
    /** The server knows nobody here any more. */
    lose: (): void => become(null),
    enter: (next: Who): void => {
      forgetReplies();
      isEnded.value = false;
      who.value = next;
    },
    /** Logs out. Gives the page of the provider that has to be gone to for it to end there, too. */
    leave: async (): Promise<string | null> => {
      const { url } = await deleteJson('/api/session', LeftSchema);
      forgetReplies();
      // who leaves has not lost their session
      who.value = null;
      await load();
      return url;
    },
  };
});
