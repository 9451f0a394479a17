import { shallowRef } from 'vue';
import type { ShallowRef } from 'vue';
import type { RedriveReport } from '#api/contract.ts';
import { postJson } from '../http/get-json.ts';
import { RedriveReportSchema } from '../http/source-schemas.ts';
import { useAct } from '../session/use-act.ts';
import type { Act } from '../session/use-act.ts';

/** What became of the letters so far; `next` is null once all were sent. */
export type RedriveProgress = RedriveReport;

/** Sends the dead letters of a source and reason once more, part by part, and says how far it is. */
export interface RedriveAct extends Pick<Act, 'isBusy' | 'failure'> {
  progress: ShallowRef<RedriveProgress | undefined>;
  run: (of: { source: string; code: string }) => Promise<boolean>;
}

/** The sum of two parts; the reasons of both, each once. */
export function addReports(sum: RedriveReport | undefined, part: RedriveReport): RedriveReport {
  if (!sum) return part;
  const reasons = new Map(sum.reasons.map((one) => [`${one.code} ${one.reason}`, one]));
  for (const one of part.reasons) {
    const key = `${one.code} ${one.reason}`;
    reasons.set(key, { ...one, count: one.count + (reasons.get(key)?.count ?? 0) });
  }
  return {
    asked: sum.asked + part.asked,
    mended: sum.mended + part.mended,
    refused: sum.refused + part.refused,
    impossible: sum.impossible + part.impossible,
    accepted: sum.accepted + part.accepted,
    duplicate: sum.duplicate + part.duplicate,
    reasons: [...reasons.values()],
    next: part.next,
  };
}

/** Makes the act. What was sent before a failure stays sent, and may be sent again without harm. */
export function useRedrive(): RedriveAct {
  const { isBusy, failure, run } = useAct();
  const progress = shallowRef<RedriveProgress>();
  return {
    isBusy,
    failure,
    progress,
    run: (of) => {
      progress.value = undefined;
      return run(async () => {
        for (let after: string | null | undefined; after !== null;) {
          const body = { ...of, ...(after === undefined ? {} : { after }) };
          const part = await postJson('/api/sources/redrive', body, RedriveReportSchema);
          progress.value = addReports(progress.value, part);
          after = part.next;
        }
      });
    },
  };
}
