import type { Text } from '../schema/unit-tree.ts';
import type { DossierState } from './fold.ts';
import type { WorkingTime } from './working-time.ts';

/*
 * What the figures of a unit should be looked at for. A finding says what the data show and how often, never why: most of what it finds has
 * an honest reason (a desk that was offline, a source that writes days without times), which only people can know.
 */

/** Finishes that were heard of at least this long after they are said to have happened count as told later. */
const TOLD_LATER_MS = 24 * 3_600_000;
/** So many of one unit, heard of within one minute, are a burst. */
const BURST = { dossiers: 10, ms: 60_000 };
/** Finishes equal to their promise that are a coincidence no more. */
const EQUAL = 3;

/** What is looked at of a dossier as folded, and when its present finish was first heard of (epoch ms; null while it is open). */
export interface WatchedDossier {
  dossier_id: string;
  unit_path: string;
  state: Pick<
    DossierState,
    'closed' | 'finished_at' | 'due_at' | 'first_received_at' | 'pauses' | 'supplement_requests'
  >;
  finish_heard_at: number | null;
}

/** What findings are reckoned with. */
export interface IntegrityTerms {
  /** The working time of a unit. */
  timeOf: (unitPath: string) => WorkingTime;
  /** True for an instant that stands for a day: sources that write no time of day give its midnight. */
  isWholeDay: (at: number) => boolean;
}

export const FINDING_CODES = [
  'finish_told_later_in_burst',
  'finish_equals_promise',
  'finish_out_of_pause',
  'supplement_repeated',
  'finish_outside_hours',
  'finish_undated',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One finding in one unit. */
export interface Finding {
  code: FindingCode;
  unit_path: string;
  /** The dossiers that it is about, in order of their numbers. */
  dossiers: string[];
  /** How many of the unit's dossiers could have shown it. */
  of: number;
  text: Text;
}

/** Finds what should be looked at, by unit and code. The same dossiers give the same findings, in whatever order they come. */
export function findIntegrity(dossiers: readonly WatchedDossier[], terms: IntegrityTerms): Finding[] {
  const byUnit = new Map<string, WatchedDossier[]>();
  for (const dossier of dossiers) {
    const own = byUnit.get(dossier.unit_path);
    if (own) own.push(dossier);
    else byUnit.set(dossier.unit_path, [dossier]);
  }
  return [...byUnit]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([unit_path, own]) => {
      const finished = own.filter(({ state }) => state.closed === 'finished');
      const finding = (code: FindingCode, found: readonly WatchedDossier[], of: number, least = 1): Finding[] => {
        const ids = found.map(({ dossier_id }) => dossier_id).sort();
        return ids.length < least ? [] : [{ code, unit_path, dossiers: ids, of, text: WORDS[code](ids.length, of) }];
      };
      const undated = finished.filter(isUndated);
      const timed = finished.filter(
        (dossier) =>
          !isUndated(dossier) && dossier.state.finished_at !== null && !terms.isWholeDay(dossier.state.finished_at),
      );
      const promised = timed.filter(({ state }) => state.due_at !== null);
      return [
        ...finding('finish_told_later_in_burst', inBursts(finished.filter(isToldLater)), finished.length),
        ...finding('finish_equals_promise', promised.filter(isAtPromise), promised.length, EQUAL),
        ...finding('finish_out_of_pause', finished.filter(isOutOfPause), finished.length),
        ...finding(
          'supplement_repeated',
          own.filter(({ state }) => state.supplement_requests > 1),
          own.length,
        ),
        ...finding('finish_outside_hours', timed.filter(isOutside(terms.timeOf(unit_path))), timed.length),
        ...finding('finish_undated', undated, finished.length),
      ];
    });
}

/** It was known as open before: what is first heard of when it is long over is history being loaded, and no finding. */
function isToldLater({ state, finish_heard_at }: WatchedDossier): boolean {
  if (finish_heard_at === null || state.finished_at === null || state.first_received_at === null) return false;
  return finish_heard_at - state.finished_at >= TOLD_LATER_MS && state.first_received_at <= finish_heard_at - BURST.ms;
}

/** Those that were heard of within one minute together with enough others. */
function inBursts(dossiers: readonly WatchedDossier[]): WatchedDossier[] {
  const sorted = dossiers.toSorted((left, right) => heardAt(left) - heardAt(right));
  const inBurst: WatchedDossier[] = [];
  let [first, next] = [0, 0];
  for (const [last, dossier] of sorted.entries()) {
    while (heardAt(dossier) - heardAt(sorted[first] ?? dossier) > BURST.ms) first += 1;
    if (last - first + 1 < BURST.dossiers) continue;
    inBurst.push(...sorted.slice(Math.max(first, next), last + 1));
    next = last + 1;
  }
  return inBurst;
}

const heardAt = ({ finish_heard_at }: WatchedDossier): number => finish_heard_at ?? 0;

/** To the second: the exchange format knows nothing finer. */
function isAtPromise({ state: { finished_at, due_at } }: WatchedDossier): boolean {
  return finished_at !== null && due_at !== null && Math.floor(finished_at / 1_000) === Math.floor(due_at / 1_000);
}

/** It was told to be finished and not when: such a finish stands where it was first heard of. */
function isUndated({ state: { finished_at }, finish_heard_at }: WatchedDossier): boolean {
  return finished_at !== null && finished_at === finish_heard_at;
}

/** It ended while papers or a payment were still awaited, and nothing says that they came. */
function isOutOfPause({ state: { finished_at, pauses } }: WatchedDossier): boolean {
  const last = pauses.at(-1);
  return last !== undefined && finished_at !== null && last.to === finished_at;
}

function isOutside(time: WorkingTime) {
  // a second to either side: the last instant of the day is worked
  return ({ state: { finished_at } }: WatchedDossier): boolean =>
    finished_at !== null && time.msBetween(finished_at - 1_000, finished_at + 1_000) === 0;
}

/** Number of dossiers found, and of how many. */
const WORDS: Record<FindingCode, (count: number, of: number) => Text> = {
  finish_told_later_in_burst: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ đã kết thúc được báo kết thúc cùng lúc, sau thời điểm kết thúc ghi nhận ít nhất 24 giờ`,
    en: `${count} of ${of} finished dossiers were reported finished together, at least 24 hours after the finish that they state`,
  }),
  finish_equals_promise: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ đã kết thúc có thời điểm kết thúc trùng hạn trả đến từng giây`,
    en: `${count} of ${of} finished dossiers state a finish equal to their promise to the second`,
  }),
  finish_out_of_pause: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ đã kết thúc được ghi kết thúc khi đang chờ bổ sung hoặc nghĩa vụ tài chính`,
    en: `${count} of ${of} finished dossiers were recorded as finished while papers or a payment were awaited`,
  }),
  supplement_repeated: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ có hơn một lần yêu cầu bổ sung`,
    en: `${count} of ${of} dossiers have more than one request for supplements`,
  }),
  finish_outside_hours: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ đã kết thúc có thời điểm kết thúc ngoài giờ làm việc`,
    en: `${count} of ${of} finished dossiers state a finish outside working hours`,
  }),
  finish_undated: (count, of) => ({
    vi: `${count} trong ${of} hồ sơ đã kết thúc được báo kết thúc mà không có ngày kết thúc; đang tính theo lúc nhận được tin`,
    en: `${count} of ${of} finished dossiers were reported finished without a date; they count from when that was heard of`,
  }),
};
