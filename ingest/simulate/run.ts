import type { Clock } from '../schema/clock.ts';
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Config } from './config.ts';
import { livesOf, LOOK_BACK_DAYS, momentsOf } from './dossier-feed.ts';
import { createIntake, type HistoryPlan } from './intake.ts';
import { planLinks } from './link-plan.ts';
import { live } from './live.ts';
import { DAY_MS, localDay, startOfDay } from './local-time.ts';
import { preloadDossiers, preloadMeasurements, type PreloadOptions } from './preload.ts';
import { createProgress, lineOf, type Report } from './progress.ts';
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
  /** Told while the past is filled in, and when it is. */
  onProgress: (report: Report) => void;
  onPreloaded: (report: Report) => void;
}

const HISTORY_DAYS = 730;
/** Days of history sent between two checkpoints. */
const HISTORY_STRIDE = 14;
/** With SPEED above 1, how much of the past is lived through. */
const REPLAYED_MS = DAY_MS;
const CHECKPOINT_EVERY_MS = 5000;
/** Scenes that ended longer ago no longer matter. */
const SCENE_KEPT_MS = 2 * DAY_MS;

/** Fills in the past, then lives, until the signal aborts. A later run goes on where an earlier one ended. */
export async function run(options: RunOptions): Promise<void> {
  const { config, province, clock, signal, say } = options;
  const checkpoint = await begin(options);
  const world = createWorld(province, checkpoint.scenes, checkpoint.plan);
  let saving = Promise.resolve();
  const save = () =>
    (saving = saving.catch(() => undefined).then(() => writeCheckpoint(config.checkpoint_file, checkpoint)));
  const first = localDay(checkpoint.anchor) - config.preload_days;
  const today = localDay(clock());
  const recent = Array.from({ length: today - first + 1 }, (_, n) => world.dossiers.intake(first + n));
  const expected = checkpoint.sent_to === undefined ? recent.reduce((a, b) => a + b, checkpoint.plan?.total ?? 0) : 0;
  const progress = createProgress(expected, (report) => {
    say(`preloading: ${lineOf(report)}`);
    options.onProgress(report);
  });
  const preload = { world, sender: options.sender, progress };

  await sendHistory(preload, checkpoint, save);
  const from = checkpoint.sent_to ?? startOfDay(first);
  const start = config.speed > 1 ? Math.max(from, clock() - REPLAYED_MS) : clock();
  await preloadMeasurements(preload, from, start);
  const past = { first: localDay(from) - LOOK_BACK_DAYS, last: localDay(start), from, to: start };
  await preloadDossiers(preload, past);
  checkpoint.sent_to = start;
  await save();
  say(`preloaded: ${lineOf(progress.report())}`);
  options.onPreloaded(progress.report());
  await liveOn(options, world, checkpoint, save);
  signal.throwIfAborted();
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

async function liveOn(
  { config, clock, sender, signal, say }: RunOptions,
  world: World,
  checkpoint: Checkpoint,
  save: () => Promise<void>,
): Promise<void> {
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
