import { spawn } from 'node:child_process';
import { addTally, readTally, type Tally } from './tally.ts';
import type { Stage } from './stages.ts';

/** How a stage ended. */
export interface StageResult {
  isOk: boolean;
  tally: Tally;
  /** What it wrote, when it was not shown at once. */
  output: string;
  took_ms: number;
}

/** What a stage is run with. */
export interface StageRun {
  root: string;
  env: NodeJS.ProcessEnv;
  /** Shows its output as it comes; otherwise the output is kept. */
  isLive: boolean;
  signal: AbortSignal;
}

/** Runs one stage. A stage that fails without a failed test counts as one failed. */
export async function runStage(stage: Stage, { root, env, isLive, signal }: StageRun): Promise<StageResult> {
  const began = Date.now();
  const pipe = isLive ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, stage.args, { cwd: root, env, stdio: ['ignore', pipe, pipe], signal });
  let output = '';
  const keep = (chunk: unknown): void => void (output += String(chunk));
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const code = await new Promise<number | null>((done) => {
    child.once('error', (error) => keep(`${error.message}\n`));
    child.once('close', done);
  });
  const isOk = code === 0;
  const counted = stage.results === undefined ? undefined : await readTally(stage.results);
  const tally = addTally(counted ?? NONE, { ...NONE, failed: isOk || counted?.failed ? 0 : 1 });
  return { isOk, tally, output, took_ms: Date.now() - began };
}

const NONE: Tally = { passed: 0, failed: 0, skipped: 0 };
