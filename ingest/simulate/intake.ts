import { weekday } from './local-time.ts';
import type { Province } from './province.ts';
import { around, nameOf, stream } from './random.ts';

/** How many dossiers are filed on a local day. */
export type Intake = (day: number) => number;

/** A past that is filled to a given number: `total` dossiers on the days `[from, to)`. */
export interface HistoryPlan {
  from: number;
  to: number;
  total: number;
}

/** Days off after which the desks are fuller than on other mornings. */
const LONG_BREAK_DAYS = 4;

/** The province's ordinary intake; on the days of `history` it is scaled so that exactly its total is filed. */
export function createIntake(province: Province, history?: HistoryPlan): Intake {
  const counts = new Map<number, number>();
  if (history) for (const [day, number] of spread(province, history)) counts.set(day, number);
  return (day) => {
    const known = counts.get(day);
    if (known !== undefined) return known;
    const number = history !== undefined && day < history.from ? 0 : Math.round(expected(province, day));
    counts.set(day, number);
    return number;
  };
}

function spread(province: Province, { from, to, total }: HistoryPlan): [number, number][] {
  const days = Array.from({ length: to - from }, (_, n) => from + n);
  const weights = days.map((day) => expected(province, day));
  const sum = weights.reduce((a, b) => a + b, 0);
  let run = 0;
  return days.map((day, n) => {
    const before = Math.round((total * run) / sum);
    run += weights[n] ?? 0;
    return [day, Math.round((total * run) / sum) - before];
  });
}

function expected({ seed, working, behaviour }: Province, day: number): number {
  const { per_working_day, off_day, weekdays, after_break, noise } = behaviour.dossiers;
  const give = 1 + noise * around(stream(seed, nameOf('intake'), day));
  const isOpen = (on: number) => working.spansOf(on).length > 0;
  if (!isOpen(day)) return per_working_day * off_day * give;
  const wasClosed = Array.from({ length: LONG_BREAK_DAYS }, (_, n) => day - 1 - n).every((on) => !isOpen(on));
  return per_working_day * (weekdays[weekday(day) - 1] ?? 1) * (wasClosed ? after_break : 1) * give;
}
