import { ref, shallowRef } from 'vue';
import type { Ref, ShallowRef } from 'vue';
import type { ApologyRequest, ApologyRevocation } from '#api/contract-chases.ts';
import { ApologiesSchema } from '../../http/dossier-schemas.ts';
import { postJson, RequestError } from '../../http/get-json.ts';

/** The note that applicants were sent a slip of apology. */
export interface SlipWork {
  /** Notes it of these dossiers, of one unit's where it is told, with the new appointment if there is one (epoch ms); false when it could not be. */
  note: (dossier_ids: readonly string[], promised_at: number | undefined, unit?: string) => Promise<boolean>;
  /** Takes the note of one dossier back, with the reason; false when it could not be. */
  revoke: (dossier_id: string, reason: string, unit: string) => Promise<boolean>;
  isBusy: Readonly<Ref<boolean>>;
  /** Why the newest attempt failed. */
  failure: Readonly<ShallowRef<RequestError | undefined>>;
}

/** Notes slips of apology, one request at a time. */
export function useSlips(): SlipWork {
  const isBusy = ref(false);
  const failure = shallowRef<RequestError>();
  const attempt = async (url: string, request: ApologyRequest | ApologyRevocation): Promise<boolean> => {
    if (isBusy.value) return false;
    isBusy.value = true;
    failure.value = undefined;
    try {
      await postJson(url, request, ApologiesSchema);
      return true;
    } catch (reason) {
      failure.value = reason instanceof RequestError ? reason : new RequestError('unreadable', 0, String(reason));
      return false;
    } finally {
      isBusy.value = false;
    }
  };
  return {
    note: (dossier_ids, promised_at, unit) =>
      attempt('/api/apologies', {
        dossier_ids: [...dossier_ids],
        ...(unit && { unit }),
        ...(promised_at !== undefined && { promised_at: new Date(promised_at).toISOString() }),
      }),
    revoke: (dossier_id, reason, unit) =>
      attempt('/api/apologies/revoke', { dossier_id, reason, ...(unit && { unit }) }),
    isBusy,
    failure,
  };
}
