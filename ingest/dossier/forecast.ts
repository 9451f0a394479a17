/*
 * "Will be late": how likely an open dossier is to end after its promise, learnt from this province's own dossiers.
 *
 * Of every dossier whose promise has passed it is known whether it was kept. Its fate is the share of its time (acceptance to promise) after which it ended: up to 1
 * in time, above 1 late; one that is open still is late as well. Fates are counted in bins of fixed width, so that a curve is 21 numbers that add up, in a
 * rollup as here. Dossiers whose promise is still ahead are left out, ended or not: only those that end early could be among them, and
 * would make every forecast too good.
 *
 * A dossier that is still open after a share x is compared with those that were still open then:
 *   P(late | open at x) = late / (late + ended in time after x)
 * first among all dossiers, then among those of its procedure, then among those of its procedure and unit. The wider group counts
 * as much as PRIOR dossiers of the narrower one (a Beta prior), so that few cases say little and many say it all.
 */

/** Bins of a curve between acceptance and promise. */
export const SHARE_BINS = 20;
/** How many dossiers of its own a group needs to weigh as much as the wider group that it belongs to. */
const PRIOR = 20;
/** Counts as one dossier that may go either way: nothing is certain before it has happened. */
const FIRST_PRIOR = { dossiers: 1, probability: 0.5 };

/** How many dossiers ended in each bin of their time (`SHARE_BINS` of them), and how many ended late or are open past their promise. */
export interface Curve {
  readonly in_time: readonly number[];
  readonly late: number;
}

/** A curve without any dossier. */
export const EMPTY_CURVE: Curve = { in_time: Array.from({ length: SHARE_BINS }, () => 0), late: 0 };

/** The instants of a dossier that its fate depends on, epoch ms; null is unknown, for `ended_at` open. */
export interface Course {
  accepted_at: number | null;
  due_at: number | null;
  ended_at: number | null;
}

/** The share of a dossier's time that has passed at an instant: 0 at its acceptance, 1 at its promise. Null without both, or when it was promised for no later. */
export function shareAt({ accepted_at, due_at }: Omit<Course, 'ended_at'>, at: number): number | null {
  if (accepted_at === null || due_at === null || due_at <= accepted_at) return null;
  return (at - accepted_at) / (due_at - accepted_at);
}

/**
 * The bin of a dossier's fate as known at `at` (epoch ms): 0 to `SHARE_BINS` - 1 in time, `SHARE_BINS` late. Null while its promise is ahead, or when it has
 * no share. In SQL: `if(ended_at <= due_at, least(intDiv(20 * (ended_at - accepted_at), due_at - accepted_at), 19), 20)` where `due_at < at`.
 */
export function fateOf(course: Course, at: number): number | null {
  if (course.due_at === null || course.due_at >= at) return null;
  const share = shareAt(course, Math.min(course.ended_at ?? at, at));
  if (share === null) return null;
  return share > 1 ? SHARE_BINS : Math.min(SHARE_BINS - 1, Math.max(0, Math.floor(share * SHARE_BINS)));
}

/** A curve with one more dossier, of this fate. */
export function withFate(curve: Curve, fate: number): Curve {
  if (fate >= SHARE_BINS) return { ...curve, late: curve.late + 1 };
  return { ...curve, in_time: curve.in_time.map((count, bin) => (bin === fate ? count + 1 : count)) };
}

/** The curve of two sets of dossiers together. */
export function mergeCurves(one: Curve, other: Curve): Curve {
  return {
    in_time: one.in_time.map((count, bin) => count + (other.in_time[bin] ?? 0)),
    late: one.late + other.late,
  };
}

/** Which dossiers a forecast compares with. */
export type ForecastLevel = 'procedure_unit' | 'procedure' | 'all';

/** The curves that a dossier is compared with; those that are not known are left out. */
export type Curves = Partial<Record<ForecastLevel, Curve>>;

/** A forecast with what it rests on: "of `open` like it that were still open then, `late` ended late". */
export interface Forecast {
  /** 0 to 1; 1 once the promise has passed. */
  probability: number;
  /** The narrowest group in which at least `PRIOR` were still open then; `passed` when the promise has passed and nothing is to be forecast. */
  level: ForecastLevel | 'passed';
  /** The share of its time after which it is still open. */
  share: number;
  /** Of that group: how many were still open then, and how many of these ended late. Whole dossiers; both 0 for `passed`. */
  open: number;
  late: number;
}

/** How many of a curve's dossiers were still open after a share of their time. Within a bin they are taken to have ended evenly. */
function openAfter({ in_time, late }: Curve, share: number): number {
  const place = Math.max(0, share) * SHARE_BINS;
  return in_time.reduce((sum, count, bin) => sum + count * Math.min(1, Math.max(0, bin + 1 - place)), late);
}

/** The forecast for a dossier that is still open after `share` of its time; null when no dossier is known to compare with. */
export function forecastLate(share: number, curves: Curves): Forecast | null {
  if (share > 1) return { probability: 1, level: 'passed', share, open: 0, late: 0 };
  let probability = FIRST_PRIOR.probability;
  let weight = FIRST_PRIOR.dossiers;
  let found: Omit<Forecast, 'probability' | 'share'> | null = null;
  for (const level of ['all', 'procedure', 'procedure_unit'] as const) {
    const curve = curves[level];
    const open = curve === undefined ? 0 : openAfter(curve, share);
    if (curve === undefined || open === 0) continue;
    probability = (curve.late + weight * probability) / (open + weight);
    weight = PRIOR;
    if (found === null || open >= PRIOR) found = { level, open: Math.round(open), late: curve.late };
  }
  return found && { probability, share, ...found };
}
