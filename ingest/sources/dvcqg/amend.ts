import type {
  DossierPlace,
  DossierSaying,
  DossierState,
  DossierStates,
} from '../../clickhouse/known/dossier-states.ts';
import { eventKey } from '../../pipeline/event-key.ts';
import type { DossierEventRow } from '../../schema/dossier.ts';

const SECOND_MS = 1_000;

/** What a stored snapshot says of a dossier now: its last event, which carries its status and its promise. */
export type Stated = DossierEventRow;

/**
 * Finds what a snapshot says and the store does not show, although everything that the snapshot says is stored.
 *
 * The format gives a snapshot no time of its own. When a status or a promise changes without any new date, the old and the new saying stand at the
 * same second, and the order of ranks decides between them, not which of them is newer. What then is newer is what we heard later: it
 * is said once more, a millisecond after the other. A snapshot that is sent again was heard before, and changes nothing.
 *
 * @returns further events, each with the place in `stated` of the snapshot that it belongs to
 */
export async function amend(
  stated: readonly Stated[],
  store: DossierStates,
): Promise<{ index: number; row: DossierEventRow }[]> {
  const states = new Map((await store.states(placesOf(stated))).map((state) => [state.dossier_id, state]));
  const amended: { index: number; row: DossierEventRow }[] = [];
  for (const [index, row] of stated.entries()) {
    const state = states.get(row.dossier_id);
    if (!state || !differs(row, state)) continue;
    const second = secondOf(row.observed_at);
    const sayings = await store.sayings([row], second, second + SECOND_MS);
    const correction = correctionOf(row, state, sayings);
    if (correction) amended.push({ index, row: correction });
  }
  return amended;
}

const secondOf = (instant: number): number => Math.floor(instant / SECOND_MS) * SECOND_MS;

const hasStatus = (row: Stated, state: DossierState): boolean =>
  row.status === state.status || secondOf(state.status_at) !== secondOf(row.observed_at);

const hasPromise = (row: Stated, state: DossierState): boolean =>
  row.due_at === null || row.due_at === state.due_at || secondOf(state.due_since) !== secondOf(row.observed_at);

/** True when the state says something else for the very second that the snapshot was taken at. At a later one it is newer, and right. */
function differs(row: Stated, state: DossierState): boolean {
  return !hasStatus(row, state) || !hasPromise(row, state);
}

function correctionOf(
  row: Stated,
  state: DossierState,
  sayings: readonly DossierSaying[],
): DossierEventRow | undefined {
  const heard = (says: (saying: DossierSaying) => boolean): number =>
    Math.min(...sayings.filter(says).map((saying) => saying.received_at));
  const isNewStatus =
    !hasStatus(row, state) &&
    heard((saying) => saying.status === row.status) > heard((saying) => saying.status === state.status);
  const isNewPromise =
    !hasPromise(row, state) &&
    heard((saying) => saying.due_at === row.due_at) > heard((saying) => saying.due_at === state.due_at);
  if (!isNewStatus && !isNewPromise) return undefined;
  const status = isNewStatus ? row.status : 0;
  const due_at = isNewPromise ? row.due_at : null;
  const newest = Math.max(...sayings.map((saying) => saying.observed_at), row.observed_at);
  const id = `${row.dossier_id}/amended/${secondOf(row.observed_at)}/${status}/${due_at ?? ''}`;
  return {
    ...row,
    event_key: eventKey(row.source, id),
    id,
    type: 'dossier.step',
    observed_at: newest + 1,
    status,
    due_at,
  };
}

function placesOf(stated: readonly Stated[]): DossierPlace[] {
  return stated.map(({ unit_path, dossier_id }) => ({ unit_path, dossier_id }));
}
