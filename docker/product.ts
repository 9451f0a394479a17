import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** The whole product, started as `npm start` starts it, for tests, benches and pictures. */
export interface Product {
  /** Web app and API. */
  url: string;
  ingest_url: string;
  /** A token for any source. */
  token: string;
  /** The read-only user of its database. */
  reader: { url: string; username: string; password: string };
  supervisor: ChildProcess;
  /** All that it wrote. */
  output: () => string;
  /** The process of a part: `engine`, `ingest`, `collector`, `api`, `simulator`. */
  pidOf: (part: Part) => Promise<number | undefined>;
  /** All processes under the supervisor. */
  pids: () => Promise<number[]>;
  /** Ends it as Ctrl-C does and gives the exit code; removes the data folder when it was a temporary one. */
  stop: () => Promise<number | null>;
}

const PARTS = {
  engine: 'ingest/clickhouse/engine/serve.ts',
  ingest: 'ingest/main.ts',
  collector: 'ingest/collect/main.ts',
  api: 'api/main.ts',
  simulator: 'ingest/simulate/main.ts',
};
export type Part = keyof typeof PARTS;

/** What a product is started with. */
export interface ProductOptions {
  /** The caller's own environment; what a test runner adds to it is left out, because it would make another product. */
  env: NodeJS.ProcessEnv;
  /** Variables on top of it; ports are free ones unless they are set here. */
  set?: NodeJS.ProcessEnv;
  /** Data folder that is kept; a temporary one when absent. */
  folder?: string;
  /** Longest wait for ready, in milliseconds. @default 120_000 */
  ready_ms?: number;
  /** Gets what it writes, as it comes. */
  onOutput?: (text: string) => void;
}

const ROOT = resolve(import.meta.dirname, '..');
const TOKEN = 'token-of-a-product-for-tests';
/** Free ports, ready only when the province is there, and nobody has to log in. */
const FIXED = {
  PORT: '0',
  INGEST_PORT: '0',
  COLLECTOR_PORT: '0',
  SYSLOG_PORT: '0',
  SNMP_TRAP_PORT: '0',
  PRELOAD_WAIT_S: '600',
  VISITORS: 'duty',
};
const ReadySchema = z.object({
  type: z.literal('ready'),
  url: z.string(),
  ingest_url: z.string(),
  reader: z.object({ url: z.string(), username: z.string(), password: z.string() }),
});

/** Starts the product and returns when it is ready; it ends when this process does. Throws an Error with what it wrote. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'toan-canh-')));
  const supervisor = spawn(process.execPath, ['docker/start.mjs'], {
    cwd: ROOT,
    env: {
      ...withoutRunner(options.env),
      ...FIXED,
      INGEST_TOKEN: TOKEN,
      DATA_DIR: folder,
      ...options.set,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  let text = '';
  const keep = (chunk: unknown): void => {
    text += String(chunk);
    options.onOutput?.(String(chunk));
  };
  supervisor.stdout?.on('data', keep);
  supervisor.stderr?.on('data', keep);
  const ended = new Promise<number | null>((done) => supervisor.once('close', (code) => done(code)));
  const stop = async (): Promise<number | null> => {
    if (supervisor.exitCode === null) supervisor.kill('SIGINT');
    const code = await ended;
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    return code;
  };
  try {
    const ready = await waitForReady(supervisor, ended, options.ready_ms ?? 120_000);
    const pids = (): Promise<number[]> => childrenOf(supervisor.pid, '');
    const pidOf = async (part: Part): Promise<number | undefined> => (await childrenOf(supervisor.pid, PARTS[part]))[0];
    return { ...ready, token: TOKEN, supervisor, output: () => text, pids, pidOf, stop };
  } catch (error) {
    await stop();
    throw new Error(`the product did not start: ${error instanceof Error ? error.message : String(error)}\n${text}`);
  }
}

function withoutRunner(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = { ...env };
  for (const name of ['NODE_ENV', 'NODE_OPTIONS', 'VITEST', 'TEST', 'DEV', 'PROD', 'MODE', 'BASE_URL'])
    Reflect.deleteProperty(kept, name);
  return kept;
}

async function waitForReady(
  supervisor: ChildProcess,
  ended: Promise<number | null>,
  limit_ms: number,
): Promise<z.output<typeof ReadySchema>> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`not ready within ${limit_ms / 1000} s`)), limit_ms);
    supervisor.on('message', (raw) => {
      const message = ReadySchema.safeParse(raw);
      if (!message.success) return;
      clearTimeout(late);
      done(message.data);
    });
    void ended.then((code) => {
      clearTimeout(late);
      fail(new Error(`it ended with code ${code ?? 'none'}`));
    });
  });
}

/** Processes right under another whose command line holds a text. */
async function childrenOf(parent: number | undefined, holds: string): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .filter(([, , ppid, stat, args]) => Number(ppid) === parent && !stat?.startsWith('Z') && args?.includes(holds))
    .map(([, pid]) => Number(pid));
}
