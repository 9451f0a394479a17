import type {
  DossierPlace,
  DossierSaying,
  DossierState,
  DossierStates,
} from '../../clickhouse/known/dossier-states.ts';
import { eventKey } from '../../pipeline/event-key.ts';
import type { DossierEventRow } from '../../schema/dossier.ts';
import { isEnd } from './facts.ts';

const SECOND_MS = 1_000;
/** After every instant that can be stored. */
const FOREVER = Date.UTC(2300, 0, 1) - 1;

/** What a stored snapshot says: its events, oldest first. The last one carries its status and its promise. */
export type Stated = readonly DossierEventRow[];

/**
 * Finds what a snapshot says and the store does not show, although everything that the snapshot says is stored.
 *
 * The format gives a snapshot no time of its own. When a status or a promise changes without any new date, the old and the new saying stand at the
 * same second, and the order of ranks decides between them, not which of them is newer. What then is newer is what we heard later: it
 * is said once more, a millisecond after the other. A snapshot that is sent again was heard before, and changes nothing.
 *
 * The same holds of an end without a date, which stands where it was heard; of an ended dossier that runs again with a promise beyond all that was
 * promised before; and of a finish that is dated later than before: the earlier one is taken back.
 *
 * @returns further events, each with the place in `stated` of the snapshot that it belongs to
 */
export async function amend(
  stated: readonly Stated[],
  store: DossierStates,
): Promise<{ index: number; row: DossierEventRow }[]> {
  const states = new Map((await store.states(stated.flatMap(placeOf))).map((state) => [state.dossier_id, state]));
  const doubtful = stated.flatMap((rows, index) => {
    const row = rows.at(-1);
    const state = row && states.get(row.dossier_id);
    const doubt = row && state && doubtOf(rows, row, state);
    return doubt ? [{ index, rows, row, state, doubt }] : [];
  });
  if (doubtful.length === 0) return [];
  // at once: a source that sends all of its past again brings thousands
  const said = new Map<string, DossierSaying[]>();
  for (const saying of await store.sayings(
    doubtful.flatMap(({ rows }) => placeOf(rows)),
    0,
    FOREVER,
  ))
    said.set(saying.dossier_id, [...(said.get(saying.dossier_id) ?? []), saying]);
  return doubtful.flatMap(({ index, rows, row, state, doubt }) => {
    const correction = resolve(doubt, { rows, row, state, sayings: said.get(row.dossier_id) ?? [] });
    return correction ? [{ index, row: correction }] : [];
  });
}

/** What the store may not show rightly. */
type Doubt = 'same_second' | 'ended' | 'finish';

function doubtOf(rows: Stated, row: DossierEventRow, state: DossierState): Doubt | undefined {
  if (isAtOdds(row, state)) return 'ended';
  if (differs(row, state)) return 'same_second';
  const finish = finishOf(rows);
  const isLater = finish && state.finished_first > 0 && state.finished_first < finish.observed_at;
  return isLater ? 'finish' : undefined;
}

/** The finish that a snapshot dates. One without a date stands where it was heard: it is later each time it is sent, and says nothing by that. */
const finishOf = (rows: Stated) =>
  rows.find(
    ({ type, status, observed_at, received_at }) =>
      type === 'dossier.finished' && status === 9 && observed_at !== received_at,
  );

function resolve(
  doubt: Doubt,
  {
    rows,
    row,
    state,
    sayings,
  }: { rows: Stated; row: DossierEventRow; state: DossierState; sayings: readonly DossierSaying[] },
): DossierEventRow | undefined {
  if (doubt === 'finish') {
    const finish = finishOf(rows);
    return finish && takenBack(finish, state, sayings);
  }
  if (doubt === 'ended')
    return isHeardEnd(state, sayings) || isReopened(row, state, sayings)
      ? correctionOf(row, state, sayings)
      : undefined;
  const second = secondOf(row.observed_at);
  const ofSecond = sayings.filter(({ observed_at }) => secondOf(observed_at) === second);
  return correctionOf(row, state, ofSecond);
}

const secondOf = (instant: number): number => Math.floor(instant / SECOND_MS) * SECOND_MS;

const hasStatus = (row: DossierEventRow, state: DossierState): boolean =>
  row.status === state.status || secondOf(state.status_at) !== secondOf(row.observed_at);

const hasPromise = (row: DossierEventRow, state: DossierState): boolean =>
  row.due_at === null || row.due_at === state.due_at || secondOf(state.due_since) !== secondOf(row.observed_at);

/** True when the state says something else for the very second that the snapshot was taken at. At a later one it is newer, and right. */
function differs(row: DossierEventRow, state: DossierState): boolean {
  return !hasStatus(row, state) || !hasPromise(row, state);
}

/** True when the state has ended after the snapshot's latest date, and the snapshot says that it runs; or when both have ended, and the promise is another. */
function isAtOdds(row: DossierEventRow, state: DossierState): boolean {
  if (!isEnd(state.status) || state.status_at < row.observed_at - SECOND_MS) return isOtherPromiseOfEnd(row, state);
  return !isEnd(row.status) || isOtherPromiseOfEnd(row, state);
}

/** True when an end that was only heard, and its promise, are said again with another promise. */
function isOtherPromiseOfEnd(row: DossierEventRow, state: DossierState): boolean {
  const isSameEnd = isEnd(row.status) && row.status === state.status && state.due_since === state.status_at;
  return isSameEnd && row.due_at !== null && row.due_at !== state.due_at && row.observed_at === row.received_at;
}

/** Whether the state's end has no date of its own: it stands where it was heard. */
function isHeardEnd({ status, status_at }: DossierState, sayings: readonly DossierSaying[]): boolean {
  return sayings.some(
    (saying) => saying.status === status && saying.observed_at === status_at && saying.received_at === status_at,
  );
}

/** Whether an ended dossier runs again: with a promise later than all before. An old snapshot that comes late has an old promise. */
function isReopened(row: DossierEventRow, state: DossierState, sayings: readonly DossierSaying[]): boolean {
  const others = sayings.filter(({ received_at }) => received_at < row.received_at);
  return (
    !isEnd(row.status) &&
    row.due_at !== null &&
    others.every(({ due_at }) => due_at === null || due_at < (row.due_at ?? 0)) &&
    row.due_at > state.due_at
  );
}

function correctionOf(
  row: DossierEventRow,
  state: DossierState,
  sayings: readonly DossierSaying[],
): DossierEventRow | undefined {
  const heard = (says: (saying: DossierSaying) => boolean): number =>
    Math.min(...sayings.filter(says).map((saying) => saying.received_at));
  const isNewPromise =
    row.due_at !== null &&
    row.due_at !== state.due_at &&
    heard((saying) => saying.due_at === row.due_at) > heard((saying) => saying.due_at === state.due_at);
  const isNewStatus =
    row.status !== state.status &&
    (heard((saying) => saying.status === row.status) > heard((saying) => saying.status === state.status) ||
      // runs again as it ran before: the promise is what is new
      (isNewPromise && isEnd(state.status)));
  if (!isNewStatus && !isNewPromise) return undefined;
  const status = isNewStatus ? row.status : 0;
  const due_at = isNewPromise ? row.due_at : null;
  const newest = Math.max(...sayings.map((saying) => saying.observed_at), row.observed_at);
  const id = `${row.dossier_id}/amended/${secondOf(row.observed_at)}/${status}/${due_at ?? ''}`;
  return amendment(row, { id, observed_at: newest + 1, status, due_at });
}

/** Takes an earlier finish back, where the dossier was not said to run between the two: it was not finished then. */
function takenBack(
  finish: DossierEventRow,
  { finished_first }: DossierState,
  sayings: readonly DossierSaying[],
): DossierEventRow | undefined {
  const ranBetween = sayings.some(
    ({ status, observed_at }) =>
      [2, 4].includes(status) && observed_at > finished_first && observed_at <= finish.observed_at,
  );
  const earlier = sayings.filter(({ status, observed_at }) => status === 9 && observed_at === finished_first);
  // the later date has to be what was heard later: an old snapshot may come late
  const isNewer = earlier.some(({ received_at }) => received_at < finish.received_at);
  if (ranBetween || !isNewer) return undefined;
  const id = `${finish.dossier_id}/amended/unfinished/${finished_first}`;
  return amendment(finish, { id, observed_at: finished_first + 1, status: 4, due_at: null });
}

function amendment(
  row: DossierEventRow,
  says: Pick<DossierEventRow, 'id' | 'observed_at' | 'status' | 'due_at'>,
): DossierEventRow {
  return { ...row, ...says, event_key: eventKey(row.source, says.id), type: 'dossier.step' };
}

function placeOf(rows: Stated): DossierPlace[] {
  return rows.slice(-1).map(({ unit_path, dossier_id }) => ({ unit_path, dossier_id }));
}
