import type { Clock } from '../schema/clock.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Config } from './config.ts';
import { livesOf, LOOK_BACK_DAYS, momentsOf } from './dossier-feed.ts';
import { createIntake, type HistoryPlan } from './intake.ts';
import { planLinks } from './link-plan.ts';
import { live } from './live.ts';
import { DAY_MS, localDay, startOfDay } from './local-time.ts';
import {
  preloadDossiers,
  preloadMeasurements,
  preloadOfficePast,
  preloadOffices,
  type PreloadOptions,
} from './preload.ts';
import { createProgress, lineOf, type Progress, type Report } from './progress.ts';
import type { Province } from './province.ts';
import { openScenes } from './scenes.ts';
import { startSchedule } from './schedule.ts';
import type { Sender } from './sender.ts';
import { createWorld, type World } from './world.ts';

/** What a run of the simulator needs from outside. */
export interface RunOptions {
  config: Config;
  province: Province;
  sender: Sender;
  /** The present of the installation, epoch ms. */
  clock: Clock;
  signal: AbortSignal;
  /** Writes one line for people. */
  say: (line: string) => void;
  /** Told of the world that is lived, before anything is told of it. */
  onWorld?: (world: World) => void;
  /** Told while the past is filled in; when what the present needs is there; and when all of it is. */
  onProgress: (report: Report) => void;
  onPreloaded: (report: Report) => void;
  onFilled: (report: Report) => void;
}

const HISTORY_DAYS = 730;
/** Days of history sent between two checkpoints. */
const HISTORY_STRIDE = 14;
/** What the present needs: all that is open, and what was told in so many days. The rest is filled in while the province lives. */
const PRESENT_DAYS = 8;
/** With SPEED above 1, how much of the past is lived through. */
const REPLAYED_MS = DAY_MS;
const CHECKPOINT_EVERY_MS = 5000;
/** Scenes that ended longer ago no longer matter. */
const SCENE_KEPT_MS = 2 * DAY_MS;

/** One run: what was given, and what is known of how far it is. */
interface Run extends RunOptions {
  world: World;
  checkpoint: Checkpoint;
  save: () => Promise<void>;
}

/** Fills in the past, then lives, until the signal aborts. A later run goes on where an earlier one ended. */
export async function run(options: RunOptions): Promise<void> {
  const checkpoint = await begin(options);
  const world = createWorld(options.province, checkpoint.scenes, checkpoint.plan);
  options.onWorld?.(world);
  let saving = Promise.resolve();
  const save = () =>
    (saving = saving.catch(() => undefined).then(() => writeCheckpoint(options.config.checkpoint_file, checkpoint)));
  const one: Run = { ...options, world, checkpoint, save };
  const report = await preload(one);
  options.say(`preloaded: ${lineOf(report)}`);
  options.onPreloaded(report);
  await Promise.all([liveOn(one), fillRest(one)]);
}

/** Fills in what the present needs; with a history, all of the past. */
async function preload(one: Run): Promise<Report> {
  const { config, clock, world, checkpoint, save } = one;
  const first = localDay(checkpoint.anchor) - config.preload_days;
  const from = checkpoint.sent_to ?? startOfDay(first);
  const isAll = checkpoint.plan !== undefined;
  const since = isAll ? first : Math.max(localDay(from), localDay(clock()) - PRESENT_DAYS);
  const unsent = checkpoint.sent_to === undefined ? (checkpoint.plan?.total ?? 0) : 0;
  const progress = startProgress(one, 'preloading', since, unsent);
  const options = { world, sender: one.sender, progress };

  await sendHistory(options, checkpoint, save);
  const start = config.speed > 1 ? Math.max(from, clock() - REPLAYED_MS) : clock();
  const split = start - PRESENT_DAYS * DAY_MS;
  await preloadMeasurements(options, from, start);
  const takes = isAll ? undefined : (isOpen: boolean, last_at: number) => isOpen || last_at >= split;
  await preloadDossiers(options, { ...daysOf(from, start), from, to: start, takes });
  await preloadOffices(options, from, start);
  if (!isAll && from < split) checkpoint.backfill ??= { from, split, to: start };
  else await preloadOfficePast(options, from, start);
  checkpoint.sent_to = start;
  await save();
  return progress.report();
}

/** Fills in the settled past, beside the life of the present. */
async function fillRest(one: Run): Promise<void> {
  const { world, sender, checkpoint, save } = one;
  if (!checkpoint.backfill) return;
  const { from, split, to } = checkpoint.backfill;
  const progress = startProgress(one, 'filling in the month', localDay(from), 0);
  const takes = (isOpen: boolean, last_at: number) => !isOpen && last_at < split;
  const past = { ...daysOf(from, split), from, to, takes };
  const options = { world, sender, progress, connections: 2 };
  await preloadDossiers(options, past);
  await preloadOfficePast(options, from, to);
  checkpoint.backfill = undefined;
  await save();
  one.say(`filled in the month: ${lineOf(progress.report())}`);
  one.onFilled(progress.report());
}

/** The days on which dossiers may have been filed that told something in `[from, to)`. */
function daysOf(from: number, to: number): { first: number; last: number } {
  return { first: localDay(from) - LOOK_BACK_DAYS, last: localDay(to) };
}

/** Counts what is sent; expects the dossiers filed since a day, and `more`. */
function startProgress({ world, clock, say, onProgress }: Run, what: string, since: number, more: number): Progress {
  const days = Math.max(0, localDay(clock()) - since + 1);
  const expected = Array.from({ length: days }, (_, n) => world.dossiers.intake(since + n)).reduce(
    (a, b) => a + b,
    more,
  );
  return createProgress(expected, (report) => {
    say(`${what}: ${lineOf(report)}`);
    onProgress(report);
  });
}

/** The checkpoint to go on from: that of an earlier run of the same province, or a new one; with the scenes of this start. */
async function begin({ config, province, clock }: RunOptions): Promise<Checkpoint> {
  const now = clock();
  const known = await readCheckpoint(config.checkpoint_file);
  const isSame = known?.seed === config.seed && known.province === config.province && known.history === config.history;
  // a clock that was set back begins another story
  const kept = known && isSame && Math.max(known.anchor, known.sent_to ?? 0) <= now ? known : undefined;
  const scenes = (kept?.scenes ?? []).filter((scene) => scene.to > now - SCENE_KEPT_MS);
  const floor = kept?.sent_to ?? Number.NEGATIVE_INFINITY;
  scenes.push(...openScenes(province, planLinks(province), now, floor, scenes));
  if (kept) return { ...kept, scenes };
  const plan = config.history > 0 ? planHistory(province, config, now) : undefined;
  const { seed, province: name, history } = config;
  return { seed, province: name, history, anchor: now, plan: plan && { ...plan, next: plan.from }, scenes };
}

/** Spreads what is wanted over two years, less what the ordinary days since `preload_days` ago bring by themselves. */
function planHistory(province: Province, { history, preload_days }: Config, now: number): HistoryPlan {
  const today = localDay(now);
  const to = today - preload_days;
  const world = createWorld(province, []).dossiers;
  const intake = createIntake(province);
  const full = Array.from({ length: today - to }, (_, n) => intake(to + n)).reduce((a, b) => a + b, 0);
  const filed = [...livesOf(world, today, today, now)].filter((life) => (momentsOf(life)[0]?.at ?? now) < now).length;
  return { from: today - HISTORY_DAYS, to, total: Math.max(0, history - full - filed) };
}

async function sendHistory(preload: PreloadOptions, checkpoint: Checkpoint, save: () => Promise<void>): Promise<void> {
  const { plan } = checkpoint;
  while (plan && plan.next < plan.to) {
    const next = Math.min(plan.to, plan.next + HISTORY_STRIDE);
    const past = { first: plan.next, last: next - 1, from: startOfDay(plan.from), to: checkpoint.anchor };
    await preloadDossiers(preload, past);
    plan.next = next;
    await save();
  }
}

async function liveOn({ config, clock, sender, signal, say, world, checkpoint, save }: Run): Promise<void> {
  const start = checkpoint.sent_to ?? clock();
  const began = clock();
  const present = config.speed > 1 ? () => Math.min(clock(), start + (clock() - began) * config.speed) : clock;
  let saved = Date.now();
  const onSent = (to: number) => {
    checkpoint.sent_to = to;
    if (Date.now() - saved < CHECKPOINT_EVERY_MS) return;
    saved = Date.now();
    save().catch((error: unknown) => say(`how far has been sent cannot be kept: ${String(error)}`));
  };
  try {
    await live({ schedule: startSchedule(world.live, start), clock: present, sender, signal, onSent });
  } finally {
    await save();
  }
}
