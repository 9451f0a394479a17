import { DAY_MS, HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import { before, cloudEvent, type Feed, type Message } from './message.ts';
import { createStatedFeeds, standingEntries } from './office-entries.ts';
import type { OfficeFile, ToldMeasure } from './office-file.ts';
import { planOffice, type OfficeSeries } from './office-plan.ts';
import { isWithin, type Province, type Scene } from './province.ts';
import { around, nameOf, stream } from './random.ts';

/** Everything that the office systems of a province tell, as finely as it is wanted. */
export interface Offices {
  /** As they tell it. */
  full: readonly Feed[];
  /** Once an hour at most. */
  hours: readonly Feed[];
  /** What is counted once an hour, without the hours in which nothing was; the rest once a day. */
  counted: readonly Feed[];
  days: readonly Feed[];
  /** What people state, when they do; and all that they have stated and that stands at an instant. */
  stated: readonly Feed[];
  standing: (at: number) => Message[];
}

type Kind = ToldMeasure['kind'];
/** Minutes between two readings of a kind, of a file that tells it every so many; and whether hours without any are left out. */
interface Grain {
  minutes: (every: number, kind: Kind) => number;
  isThin: boolean;
}

const DAY_MIN = 1440;
const FULL: Grain = { minutes: (every) => every, isThin: false };
const HOURS: Grain = { minutes: (every) => Math.max(60, every), isThin: false };
const COUNTED: Grain = { minutes: (every, kind) => (kind === 'count' ? Math.max(60, every) : DAY_MIN), isThin: true };
const DAYS: Grain = { minutes: () => DAY_MIN, isThin: false };

/** Readings of a step do not all come at once. */
const LONGEST_PHASE_MS = 10 * MINUTE_MS;
/** What is gauged once a day is gauged when people are at work. */
const DAILY_GAUGE_MS = 10 * HOUR_MS;
/** Days differ from each other by up to this share. */
const DAY_NOISE = 0.25;

/** Puts the office systems of a province together. */
export function createOffices(province: Province, scenes: readonly Scene[]): Offices {
  const { offices } = province.habits;
  const feeds = (grain: Grain) =>
    offices.flatMap((file) => [
      ...createOfficeFeed(province, scenes, file, 'count', grain),
      ...createOfficeFeed(province, scenes, file, 'gauge', grain),
    ]);
  return {
    full: feeds(FULL),
    hours: feeds(HOURS),
    counted: feeds(COUNTED),
    days: feeds(DAYS),
    stated: createStatedFeeds(province, offices),
    standing: (at) => standingEntries(province, offices, at),
  };
}

/** The readings of one kind of a file; none when it has none of that kind. */
function createOfficeFeed(
  province: Province,
  scenes: readonly Scene[],
  file: OfficeFile,
  kind: Kind,
  grain: Grain,
): Feed[] {
  const series = planOffice(province, file, kind);
  if (series.length === 0) return [];
  const step_ms = grain.minutes(file.every_min, kind) * MINUTE_MS;
  const tell = createTeller(province, scenes, file, kind, grain.isThin);
  const feed: Feed = {
    *from(instant) {
      for (let [from, to] = stepAt(instant, step_ms); ; [from, to] = stepAt(to, step_ms)) {
        const messages = series.flatMap((each) => tell(each, from, to) ?? []);
        for (const message of messages.sort(before)) if (message.at >= instant) yield message;
      }
    },
  };
  return [feed];
}

/** The step that holds an instant. Steps are counted from local midnight; the last of a day ends with it. */
function stepAt(instant: number, step_ms: number): readonly [number, number] {
  const day = localDay(instant);
  const from = startOfDay(day) + Math.floor((instant - startOfDay(day)) / step_ms) * step_ms;
  return [from, Math.min(from + step_ms, startOfDay(day + 1))];
}

type Teller = (series: OfficeSeries, from: number, to: number) => Message | undefined;

/** Tells one series of the step `[from, to)`, a little before its end: what was counted belongs to the day in which it was. */
function createTeller(
  province: Province,
  scenes: readonly Scene[],
  { source }: OfficeFile,
  kind: Kind,
  isThin: boolean,
): Teller {
  const { seed, working } = province;
  const silences = scenes.filter((scene) => scene.kind === 'silence');
  return ({ metric, subject, unit, place, value_unit, value }, from, to) => {
    const longest = Math.min(LONGEST_PHASE_MS, (to - from) / 2);
    // all that a unit tells comes together, so that shares are of one instant
    const phase = Math.floor(stream(seed, nameOf(source), nameOf(unit.code), 1)() * longest);
    const isDaily = kind === 'gauge' && to - from === DAY_MS;
    const at = isDaily ? from + DAILY_GAUGE_MS + phase : to - 1 - phase;
    if (silences.some((scene) => scene.from <= at && at < scene.to && isWithin(unit, scene.unit))) return undefined;
    const draw = (name: string) => stream(seed, nameOf(`${name} ${unit.code} ${place}`), from / MINUTE_MS, to - from);
    const hours = (to - from) / HOUR_MS;
    const step =
      kind === 'gauge'
        ? { hours: 1, worked: working.isWorking(at) ? 1 : 0 }
        : { hours, worked: working.msBetween(from, to) / HOUR_MS };
    const busy = kind === 'gauge' ? 1 : 1 + DAY_NOISE * around(stream(seed, nameOf(source), localDay(from), 2));
    const told = value({ hours: busy * step.hours, worked: busy * step.worked }, draw);
    // a day without any is still told once: it was zero, and not missing
    if (isThin && kind === 'count' && told === 0 && localDay(to) === localDay(from)) return undefined;
    const data = { metric, value: told, value_unit, place };
    return {
      at,
      entry: 'event',
      key: `${source} ${subject}`,
      text: cloudEvent({ source, type: 'reading.sample', subject, unit: unit.code, at, data }),
    };
  };
}
