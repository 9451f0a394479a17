import { computed, ref, shallowRef } from 'vue';
import type { ComputedRef, MaybeRefOrGetter, Ref, ShallowRef } from 'vue';
import type { ApologyRequest, ApologySlip } from '#api/contract-dossiers.ts';
import { useResource } from '../../composables/use-resource.ts';
import { ApologiesSchema } from '../../http/dossier-schemas.ts';
import { postJson, RequestError } from '../../http/get-json.ts';

/** The slip of apology of one dossier, and the note that one was sent. */
export interface ApologyWork {
  /** The slip; null when none was noted, undefined while that is not known. */
  slip: ComputedRef<ApologySlip | null | undefined>;
  /** Notes that a slip was sent, with the new appointment if there is one (epoch ms). */
  note: (dossier_id: string, promised_at: number | undefined) => Promise<void>;
  isBusy: Readonly<Ref<boolean>>;
  /** Why the newest attempt failed. */
  failure: Readonly<ShallowRef<RequestError | undefined>>;
}

/** Reads the slip of `url` again every `every_ms`, and after a note was made. */
export function useApology(options: {
  url: MaybeRefOrGetter<string>;
  every_ms: MaybeRefOrGetter<number | undefined>;
}): ApologyWork {
  const isBusy = ref(false);
  const failure = shallowRef<RequestError>();
  const { data, refresh } = useResource({ ...options, schema: ApologiesSchema });
  const note = async (dossier_id: string, promised_at: number | undefined): Promise<void> => {
    if (isBusy.value) return;
    isBusy.value = true;
    failure.value = undefined;
    const request: ApologyRequest = {
      dossier_ids: [dossier_id],
      ...(promised_at !== undefined && { promised_at: new Date(promised_at).toISOString() }),
    };
    try {
      await postJson('/api/apologies', request, ApologiesSchema);
      refresh();
    } catch (reason) {
      failure.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, String(reason));
    } finally {
      isBusy.value = false;
    }
  };
  return { slip: computed(() => data.value && (data.value.rows[0] ?? null)), note, isBusy, failure };
}
