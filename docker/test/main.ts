/** The checks of `npm test`: stops at the first that fails; the last line says how many tests passed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findChromium } from '../chromium.ts';
import { runStage, type StageResult } from './run-stage.ts';
import { createStages, type Stage } from './stages.ts';
import { addTally, formatTally, type Tally } from './tally.ts';

const ROOT = resolve(import.meta.dirname, '../..');

let total: Tally = { passed: 0, failed: 0, skipped: 0 };
const failed = new AbortController();
const hasFailed = (): boolean => failed.signal.aborted;
// whoever ends this ends the stage that runs, too: it would go on alone
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => failed.abort());

/** Two at a time: more only take each other's cores. */
const LANES = 2;

async function runGroup(group: Stage[]): Promise<void> {
  const waiting = [...group];
  const lane = async (): Promise<void> => {
    for (let stage = waiting.shift(); stage && !hasFailed(); stage = waiting.shift())
      await runOne(stage, group.length === 1);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function runOne(stage: Stage, isLive: boolean): Promise<void> {
  if (isLive) console.log(`\n── ${stage.name}`);
  const env = { ...process.env };
  if (stage.needsChromium) env.CHROMIUM_PATH = await findChromium(process.env.CHROMIUM_PATH, console.log);
  const result = await runStage(stage, { root: ROOT, env, isLive, signal: failed.signal });
  // the end of the others is ours, not theirs
  if (hasFailed()) return;
  show(stage, result, isLive);
  total = addTally(total, result.tally);
  if (!result.isOk) failed.abort();
}

function show(stage: Stage, { isOk, output, took_ms }: StageResult, isLive: boolean): void {
  const said = isLive || output.trim() === '' ? '' : `${output.trimEnd()}\n`;
  process.stdout.write(`${said}── ${stage.name}: ${isOk ? 'ok' : 'FAILED'} in ${(took_ms / 1000).toFixed(1)} s\n`);
}

const folder = await mkdtemp(join(tmpdir(), 'toan-canh-test-'));
try {
  const groups = createStages(folder);
  const names = groups.flat().map(({ name }) => name);
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`There is no stage ${unknown}; there are: ${names.join(', ')}.`);
  for (const group of groups) {
    const chosen = group.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
    if (!hasFailed() && chosen.length > 0) await runGroup(chosen);
  }
} catch (error) {
  failed.abort();
  total = addTally(total, { passed: 0, failed: 1, skipped: 0 });
  console.error(error instanceof Error ? error.message : error);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${formatTally(total)}`);
process.exit(hasFailed() ? 1 : 0);
