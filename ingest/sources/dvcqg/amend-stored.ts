import type { DossierStates } from '../../clickhouse/known/dossier-states.ts';
import type { Element, Intake, Taken } from '../../intake.ts';
import type { Origin } from '../../pipeline/step.ts';
import { storeFault } from '../../store-fault.ts';
import { amend } from './amend.ts';

/**
 * Stores what changed snapshots could not bring through by themselves (`amend.ts`), and says what then became of each: a snapshot all of whose
 * events were known, yet said something new, is accepted. Throws what `Intake.take` throws.
 */
export async function amendStored(
  elements: readonly Element[],
  taken: Taken,
  work: { states: DossierStates; intake: Intake; origin: Origin },
): Promise<Taken> {
  const stated = elements.flatMap((element, index) => {
    if ('result' in element.read || taken.fates[index] === 'rejected') return [];
    const rows = element.read.flatMap((entry) => (entry.family === 'dossier' ? [entry.row] : []));
    return rows.length > 0 ? [{ index, rows }] : [];
  });
  const amended = await amend(
    stated.map(({ rows }) => rows),
    work.states,
  ).catch((error: unknown) => {
    throw storeFault(error);
  });
  if (amended.length === 0) return taken;
  const further = amended.map(({ row }): Element => ({
    sent: row.id,
    source: row.source,
    unit: row.unit,
    read: [{ family: 'dossier', row }],
  }));
  const { fates: added } = await work.intake.take(further, work.origin);
  const fates = [...taken.fates];
  let news = 0;
  for (const [place, { index }] of amended.entries()) {
    const sent = stated[index];
    if (added[place] !== 'accepted' || sent === undefined || fates[sent.index] !== 'duplicate') continue;
    fates[sent.index] = 'accepted';
    news += 1;
  }
  const { reply } = taken;
  return { fates, reply: { ...reply, accepted: reply.accepted + news, duplicate: reply.duplicate - news } };
}
