import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { faultFields } from '../../fault-fields.ts';
import type { FolderFeed } from '../../schema/feed.ts';
import type { Collected } from '../collecting-source.ts';
import { TableError } from '../file/table/cell.ts';
import { appendAll } from '../reading/append.ts';
import { LINES, readDropped, TABLE, type DroppedFile } from './read-dropped.ts';

/** Longest pause between looks at a folder, in milliseconds. */
const MOST_PAUSE_MS = 2_000;

/** What a watch works with. */
export interface WatchOptions {
  /** The name of the feed. */
  id: string;
  feed: FolderFeed;
  intake: Collected;
  log: Logger;
  onFault: (fault: string) => void;
}

/** Looks at a folder again and again until `signal` aborts, and takes the files that have not changed for a while. */
export async function watch(options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { feed, log, onFault } = options;
  const settle_ms = feed.settle_s * 1_000;
  /** What was seen of each file, and since when it has been so. */
  let seen = new Map<string, { state: string; since: number }>();
  const turn = async (): Promise<void> => {
    for (const folder of ['done', 'failed']) await mkdir(join(feed.path, folder), { recursive: true });
    const now = performance.now();
    const files = [...(await look(feed.path))].map(([name, state]) => {
      const last = seen.get(name);
      return { name, state, since: last?.state === state ? last.since : now };
    });
    seen = new Map(files.map(({ name, ...file }) => [name, file]));
    const whole = files.filter(({ since }) => now - since >= settle_ms);
    for (const { name } of whole) await takeFile(name, options, signal).catch(failed);
  };
  const failed = (error: unknown): void => {
    onFault('folder');
    log.warn(faultFields(error), 'a folder or a file in it could not be read');
  };
  do {
    await turn().catch(failed);
    await sleep(Math.min(settle_ms / 2, MOST_PAUSE_MS), undefined, { signal }).catch(() => undefined);
  } while (!signal.aborted);
}

/** The files that are read with what tells that they have changed, in the order of their names. Hidden ones are not: whoever writes slowly renames at the end. */
async function look(folder: string): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const entries = await readdir(folder, { withFileTypes: true });
  for (const { name } of entries.filter((entry) => entry.isFile()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (name.startsWith('.') || !(LINES.test(name) || TABLE.test(name))) continue;
    const state = await stat(join(folder, name)).catch(() => undefined);
    if (state) seen.set(name, `${state.ino} ${state.size} ${state.mtimeMs}`);
  }
  return seen;
}

/**
 * Takes a file whole, and moves it. Its records are written to the spool before it is moved: a file that a kill left where it was is taken again, and its
 * readings are known by their time.
 */
async function takeFile(
  name: string,
  { id, feed, intake, log, onFault }: WatchOptions,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const path = join(feed.path, name);
  const file = await readWhole(path, name, feed).catch((error: unknown) => {
    if (error instanceof TableError) return error;
    throw error;
  });
  if (!(file instanceof TableError)) {
    if (!(await appendAll(intake, 'folder', { feed: id, form: 'row' }, file.records, signal))) return;
  }
  const isTaken = !(file instanceof TableError) && file.good > 0;
  if (!isTaken) onFault('file');
  await move(path, join(feed.path, isTaken ? 'done' : 'failed'), name, reportOf(file));
  log.info({ file: name, folder: isTaken ? 'done' : 'failed' }, 'a file was taken');
}

async function readWhole(path: string, name: string, feed: FolderFeed): Promise<DroppedFile> {
  const { size } = await stat(path);
  const most_bytes = feed.most_mib * 2 ** 20;
  if (size > most_bytes)
    throw new TableError('IOC_FILE_TOO_LARGE', `the file has ${size} bytes; at most ${most_bytes} are read`);
  return readDropped(name, await readFile(path), feed);
}

/** What stands beside a file with faults; undefined for one without. */
function reportOf(file: DroppedFile | TableError): object | undefined {
  if (file instanceof TableError) return { error: { code: file.code, reason: file.message } };
  if (file.records.length === 0) return { error: { code: 'IOC_FILE_FORMAT', reason: 'the file holds no record' } };
  if (file.faulty === 0) return undefined;
  const { good, readings, faulty, faults } = file;
  return { records: file.records.length, good, readings, faulty, faults };
}

/** Moves a file, under another name where its own is taken. The report is there first: after a kill it is written again. */
async function move(path: string, folder: string, name: string, report: object | undefined): Promise<void> {
  let target = join(folder, name);
  for (let copy = 1; await isThere(target); copy += 1) target = join(folder, name.replace(/(\.[^.]*)$/, `.${copy}$1`));
  if (report) await writeReport(`${target}.errors.json`, report);
  await rename(path, target);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function writeReport(path: string, report: object): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await handle.writeFile(`${JSON.stringify(report, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
