/**
 * Runs Toàn Cảnh on one machine: `npm start`. Ctrl-C (or SIGTERM) ends all in order; a second Ctrl-C ends all at once.
 */
import { chdir } from 'node:process';
import { lockFolder } from './lock.ts';
import { readConfig, ROOT, StartError } from './config.ts';
import { startAll } from './plan.ts';
import { keepProvince } from './province.ts';
import { createLineWriter, createSay } from './say.ts';
import { createStack, StoppingError } from './stack.ts';

/** npm and the terminal both pass a Ctrl-C on, at the same moment: the echo of one is not a second one. */
const ECHO_MS = 500;
/** How often it is looked whether npm still runs. */
const ORPHAN_MS = 1_000;

const write = (text: string): void => void process.stdout.write(text);
const say = createSay({ write, isTTY: process.stdout.isTTY });
const lines = createLineWriter({
  write: (text) => void process.stderr.write(text),
  isTTY: process.stderr.isTTY,
});
const stack = createStack(say);
let release: (() => Promise<void>) | undefined;
let endBegan: number | undefined;

async function end(code: number, why: string): Promise<void> {
  if (endBegan !== undefined) return;
  endBegan = Date.now();
  const isRunning = stack.size() > 0;
  if (isRunning) say('end', why);
  await stack.stop();
  await release?.();
  if (isRunning) say('end', 'all has ended');
  process.exit(code);
}

function onSignal(signal: NodeJS.Signals): void {
  if (endBegan === undefined) return void end(0, `${signal}: ending in order; once more ends all at once`);
  if (Date.now() - endBegan < ECHO_MS) return;
  stack.kill();
  process.exit(130);
}

async function fail(error: unknown): Promise<void> {
  if (error instanceof StoppingError) return;
  const text = error instanceof Error && !(error instanceof StartError) ? (error.stack ?? error.message) : undefined;
  process.stderr.write(`${text ?? (error instanceof Error ? error.message : String(error))}\n`);
  await end(1, 'the start failed; ending what runs');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
process.on('uncaughtException', (error) => void fail(error));
process.on('unhandledRejection', (error) => void fail(error));
// whoever started us with a channel (a test, a bench) and died, wants nothing of us any more
process.on('disconnect', () => onSignal('SIGTERM'));
// npm that is ended passes nothing on: what it started would go on without anybody
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  const isOrphan = (): boolean => process.ppid !== parent;
  setInterval(() => isOrphan() && void end(0, 'npm has ended; ending in order'), ORPHAN_MS).unref();
}

try {
  const config = readConfig(process.env);
  if (config.CLOCK_START !== undefined) config.CLOCK_EPOCH ??= Date.now();
  // tsx and the sources are found from here
  chdir(ROOT);
  say('data', config.DATA_DIR);
  release = await lockFolder(config.DATA_DIR);
  await keepProvince(config.DATA_DIR, config.PROVINCE);
  const ready = await startAll({ config, env: process.env, stack, say, lines });
  const url = new URL('/wall/toan-canh', ready.url);
  if (url.hostname === '127.0.0.1' || url.hostname === '[::1]') url.hostname = 'localhost';
  write(`ready ${url.href}\n`);
  process.send?.({ type: 'ready', ...ready });
} catch (error) {
  await fail(error);
}
