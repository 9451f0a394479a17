import type { Span } from '../dossier/working-time.ts';
import { DAY_MS, HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import type { LinkPlan } from './link-plan.ts';
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
  const { seed, behaviour } = province;
  const names = plan.lines.map((line) => nameOf(line.id));
  const membersOf = (ring: string) => plan.lines.flatMap((line, n) => (line.ring === ring ? [n] : []));
  const members = new Map(plan.rings.map((ring) => [ring.id, membersOf(ring.id)]));
  const cutLines = (ring: string, span: Span): Outage[] => (members.get(ring) ?? []).map((line) => ({ ...span, line }));
  const staged = scenes.flatMap((scene) => {
    const ring = scene.kind === 'ring' ? plan.rings.find(({ unit }) => unit === scene.unit) : undefined;
    return ring ? cutLines(ring.id, { from: scene.from, to: scene.to }) : [];
  });

  const faultsOf = (day: number): Outage[] =>
    plan.lines.flatMap((line, n) => {
      const draw = stream(seed, nameOf('fault'), names[n] ?? 0, day);
      const number = count(draw, behaviour.links.faults_per_day * line.frailty);
      return Array.from({ length: number }, () => ({ ...spanOn(day, draw, behaviour.links.fault_minutes), line: n }));
    });
  const cutsOf = (day: number): Outage[] => {
    const draw = stream(seed, nameOf('cut'), day);
    return Array.from({ length: count(draw, behaviour.links.ring_cuts_per_day) }, () => {
      const ring = plan.rings[Math.floor(draw() * plan.rings.length)];
      return ring ? cutLines(ring.id, spanOn(day, draw, behaviour.links.ring_minutes)) : [];
    }).flat();
  };
  const raw = remembered((day) => [...faultsOf(day), ...cutsOf(day)]);
  const startingOn = remembered((day) => {
    const near = [...raw(day - 1), ...raw(day), ...raw(day + 1), ...staged];
    return merge(near).filter((outage) => localDay(outage.from) === day);
  });
  const holds = (outage: Outage, line: number, instant: number) =>
    outage.line === line && outage.from <= instant && instant < outage.to;
  return {
    startingOn,
    at: (line, instant) => {
      const day = localDay(instant);
      const find = (on: number) => startingOn(on).find((outage) => holds(outage, line, instant));
      return find(day) ?? find(day - 1);
    },
  };
}

function spanOn(day: number, draw: () => number, minutes: number): Span {
  const from = startOfDay(day) + Math.floor((draw() * DAY_MS) / 1000) * 1000;
  const length = Math.min(LONGEST_MS, minutes * MINUTE_MS * Math.exp(0.8 * around(draw)));
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
