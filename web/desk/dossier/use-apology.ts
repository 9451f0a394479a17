import { computed, toValue } from 'vue';
import type { ComputedRef, MaybeRefOrGetter } from 'vue';
import type { ApologySlip } from '#api/contract-chases.ts';
import { useResource } from '../../composables/use-resource.ts';
import { ApologiesSchema } from '../../http/dossier-schemas.ts';
import { useSlips, type SlipWork } from './use-slips.ts';

/** The newest slip of apology of one dossier, and the note that one was sent. */
export interface ApologyWork extends Pick<SlipWork, 'isBusy' | 'failure'> {
  /** The slip; null when none was noted, undefined while that is not known. */
  slip: ComputedRef<ApologySlip | null | undefined>;
  /** Notes that a slip was sent, with the new appointment if there is one (epoch ms). */
  note: (dossier_id: string, promised_at: number | undefined) => Promise<void>;
  /** Takes the note back, with the reason; false when it could not be. */
  revoke: (dossier_id: string, reason: string) => Promise<boolean>;
}

/** Reads the slips of `url`, of which that of `unit` counts (empty for one that is not in the tree), again every `every_ms`, and after a note was made. */
export function useApology({
  unit,
  ...options
}: {
  url: MaybeRefOrGetter<string>;
  unit: MaybeRefOrGetter<string>;
  every_ms: MaybeRefOrGetter<number | undefined>;
}): ApologyWork {
  const { data, refresh } = useResource({ ...options, schema: ApologiesSchema });
  const { note, revoke, isBusy, failure } = useSlips();
  return {
    slip: computed(() => data.value && (data.value.rows.find((row) => row.unit === toValue(unit)) ?? null)),
    note: async (dossier_id, promised_at) => {
      if (await note([dossier_id], promised_at, toValue(unit))) refresh();
    },
    revoke: async (dossier_id, reason) => {
      const isDone = await revoke(dossier_id, reason, toValue(unit));
      if (isDone) refresh();
      return isDone;
    },
    isBusy,
    failure,
  };
}
