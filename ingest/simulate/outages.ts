import type { Span } from '../dossier/working-time.ts';
import { DAY_MS, HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import type { LinkPlan, Ring } from './link-plan.ts';
import type { Province, Scene } from './province.ts';
import { around, count, nameOf, stream } from './random.ts';

/** A stretch in which one line is down. */
export interface Outage extends Span {
  /** Index of the line in the plan. */
  line: number;
}

/** When which line is down. */
export interface Outages {
  /** Outages that begin on a local day, merged so that those of one line never touch. */
  startingOn: (day: number) => readonly Outage[];
  /** The outage of a line at an instant. */
  at: (line: number, instant: number) => Outage | undefined;
}

/** No outage is longer, so that those of a day can only reach into the next one. */
const LONGEST_MS = 12 * HOUR_MS;
const KEPT_DAYS = 400;

/** Works out all outages: single faults by line and day, cuts of rings by day, and the cuts of the scenes. */
export function createOutages(province: Province, plan: LinkPlan, scenes: readonly Scene[]): Outages {
  const members = new Map<string, number[]>();
  for (const [n, line] of plan.lines.entries()) members.set(line.ring, [...(members.get(line.ring) ?? []), n]);
  const cut = (ring: Ring | undefined, { from, to }: Span): Outage[] =>
    (members.get(ring?.id ?? '') ?? []).map((line) => ({ line, from, to }));
  const staged = scenes.flatMap((scene) =>
    scene.kind === 'ring'
      ? cut(
          plan.rings.find(({ unit }) => unit === scene.unit),
          scene,
        )
      : [],
  );
  const raw = remembered((day) => [
    ...faultsOn(province, plan, day),
    ...ringCutsOn(province, plan, day).flatMap(({ ring, span }) => cut(ring, span)),
  ]);
  const startingOn = remembered((day) => {
    const near = [...raw(day - 1), ...raw(day), ...raw(day + 1), ...staged];
    return merge(near).filter((outage) => localDay(outage.from) === day);
  });
  return {
    startingOn,
    at: (line, instant) => {
      const day = localDay(instant);
      const find = (on: number) =>
        startingOn(on).find((outage) => outage.line === line && outage.from <= instant && instant < outage.to);
      return find(day) ?? find(day - 1);
    },
  };
}

function faultsOn({ seed, behaviour }: Province, plan: LinkPlan, day: number): Outage[] {
  return plan.lines.flatMap((line, n) => {
    const draw = stream(seed, nameOf('fault'), nameOf(line.id), day);
    const number = count(draw, behaviour.links.faults_per_day * line.frailty);
    return Array.from({ length: number }, () => ({ ...spanOn(day, draw, behaviour.links.fault_minutes), line: n }));
  });
}

function ringCutsOn(
  { seed, behaviour }: Province,
  plan: LinkPlan,
  day: number,
): { ring: Ring | undefined; span: Span }[] {
  const draw = stream(seed, nameOf('cut'), day);
  return Array.from({ length: count(draw, behaviour.links.ring_cuts_per_day) }, () => ({
    ring: plan.rings[Math.floor(draw() * plan.rings.length)],
    span: spanOn(day, draw, behaviour.links.ring_minutes),
  }));
}

function spanOn(day: number, draw: () => number, minutes: number): Span {
  const from = startOfDay(day) + Math.floor((draw() * DAY_MS) / 1000) * 1000;
  const length = Math.min(LONGEST_MS, minutes * MINUTE_MS * Math.exp(2 * around(draw)));
  return { from, to: from + Math.ceil(length / 1000) * 1000 };
}

function merge(outages: readonly Outage[]): Outage[] {
  const merged: Outage[] = [];
  for (const outage of outages.toSorted((a, b) => a.line - b.line || a.from - b.from)) {
    const last = merged.at(-1);
    if (last?.line === outage.line && outage.from <= last.to) last.to = Math.max(last.to, outage.to);
    else merged.push({ ...outage });
  }
  return merged;
}

function remembered<T>(make: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>();
  return (day) => {
    const found = known.get(day);
    if (found !== undefined) return found;
    if (known.size > KEPT_DAYS) known.clear();
    const made = make(day);
    known.set(day, made);
    return made;
  };
}
