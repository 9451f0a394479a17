import { fillDossiers, type Filled, type Past } from './dossier-feed.ts';
import { HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import { ENTRIES, type Entry, type Feed } from './message.ts';
import { createPool } from './pool.ts';
import type { Progress } from './progress.ts';
import { requestOf } from './request.ts';
import { startSchedule } from './schedule.ts';
import type { Sender } from './sender.ts';
import type { World } from './world.ts';

/** What filling in the past needs. */
export interface PreloadOptions {
  world: World;
  sender: Sender;
  progress: Progress;
  /** Requests on their way at once. @default 4 */
  connections?: number;
}

/** How far back lines, sensors and alerts are filled in, and how much of that in full. */
const LINKS_MS = 30 * 24 * HOUR_MS;
const MEASURED_MS = 25 * HOUR_MS;
const IN_FULL_MS = 5 * MINUTE_MS;
const ALERTS_MS = 26 * HOUR_MS;
const RECORDS_MS = HOUR_MS;
/** Slips: every unit is asked within these days, also where a weekend is among them. */
const CHASES_MS = 6 * 24 * HOUR_MS;
/** What office systems told: by days for the boards that show a month, by hours on the day that today is compared with. */
const OFFICE_DAYS = 31;
const COMPARED_DAYS = 7;
/** Records of a request: large ones are what the store is fast with. */
const BATCH: Record<Entry, number> = { dossier_new: 2000, dossier_changed: 2000, step: 3000, event: 5000, eve: 3000 };
const CHUNK = 5000;

/** Sends what lines, sensors and the security sensor had to tell in `[from, to)`, thinned where it is long ago. Resolves when it is stored. */
export async function preloadMeasurements(options: PreloadOptions, from: number, to: number): Promise<void> {
  const { world } = options;
  const since = (length: number) => Math.max(from, to - length);
  await stream(options, recordsOf([world.sparse], since(LINKS_MS), since(MEASURED_MS)));
  await stream(options, recordsOf([world.chases], since(CHASES_MS), since(MEASURED_MS)));
  await stream(options, recordsOf(world.thinned, since(MEASURED_MS), since(IN_FULL_MS)));
  await stream(options, recordsOf(world.measured, since(IN_FULL_MS), to));
  await stream(options, recordsOf([world.alerts], since(ALERTS_MS), since(RECORDS_MS)));
  await stream(options, recordsOf([world.security], since(RECORDS_MS), to));
}

/** Sends what office systems told since yesterday, by hours and then in full, and all that people have stated. Resolves when it is stored. */
export async function preloadOffices(options: PreloadOptions, from: number, to: number): Promise<void> {
  const { hours, full, standing } = options.world.offices;
  const split = Math.max(from, to - IN_FULL_MS);
  await stream(options, recordsOf(hours, Math.max(from, officeSplit(to)), split));
  await stream(options, recordsOf(full, split, to));
  await stream(options, [standing(to)]);
}

/** Sends what office systems told before that: by days, and by hours a week ago. Each step of the past is told once, so that a day adds up. */
export async function preloadOfficePast(options: PreloadOptions, from: number, to: number): Promise<void> {
  const { days, counted } = options.world.offices;
  const since = (day: number) => Math.max(from, startOfDay(localDay(to) - day));
  const marks = [since(OFFICE_DAYS), since(COMPARED_DAYS), since(COMPARED_DAYS - 1), Math.max(from, officeSplit(to))];
  for (const [n, feeds] of [days, counted, days].entries())
    await stream(options, recordsOf(feeds, marks[n] ?? to, marks[n + 1] ?? to));
}

/** A whole day is told in one way. */
function officeSplit(to: number): number {
  return startOfDay(localDay(to - MEASURED_MS));
}

/** Sends the dossiers of a stretch of the past as they stand at its end. Resolves when they are stored. */
export async function preloadDossiers(options: PreloadOptions, past: Past): Promise<void> {
  await stream(options, fillDossiers(options.world.dossiers, past));
}

function* recordsOf(feeds: readonly Feed[], from: number, to: number): Generator<Filled[]> {
  if (feeds.length === 0) return;
  const schedule = startSchedule(feeds, from);
  for (;;) {
    const messages = schedule.take(to, CHUNK);
    yield messages;
    if (messages.length < CHUNK) return;
  }
}

/** Gathers records into requests and keeps so many of them on their way: never more in memory than those. */
async function stream(
  { sender, progress, connections = 4 }: PreloadOptions,
  records: Iterable<Filled[]>,
): Promise<void> {
  const pool = createPool(connections);
  const waiting = new Map<Entry, string[]>(ENTRIES.map((entry) => [entry, []]));
  const flush = async (entry: Entry, texts: string[]) => {
    waiting.set(entry, []);
    await pool.run(async () => {
      const { stored } = await sender.send(requestOf(entry, texts));
      progress.count(entry, stored);
    });
  };
  for (const group of records) {
    for (const { entry, text } of group) {
      const texts = waiting.get(entry) ?? [];
      texts.push(text);
      if (texts.length >= BATCH[entry]) await flush(entry, texts);
    }
  }
  for (const [entry, texts] of waiting) if (texts.length > 0) await flush(entry, texts);
  await pool.done();
}
