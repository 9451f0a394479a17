import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from './config.ts';

const HolderSchema = z.strictObject({ pid: z.int().positive(), started: z.string() });
type Holder = z.output<typeof HolderSchema>;

/**
 * Takes the data folder for this process, so that two supervisors never share one. The lock of a dead process is taken over.
 * Throws a StartError that names the holder. Returns what gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'supervisor.lock');
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, JSON.stringify({ pid: process.pid, started: await startOf(process.pid) } satisfies Holder));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      // a link is made whole or not at all, and never over another
      if (await isDone(link(mine, file))) return () => rm(file, { force: true });
      await removeStale(file);
    }
    throw new StartError(`The data folder ${folder} is being taken by another start; try again.`);
  } finally {
    await rm(mine, { force: true });
  }
}

/** Removes the lock of a process that is no more; throws a StartError when it lives. */
async function removeStale(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = await holderOf(text);
  if (pid !== undefined)
    throw new StartError(
      `The data folder ${join(file, '..')} is in use by process ${pid}. Stop that one, or set DATA_DIR to another folder.`,
    );
  // moved away first: if somebody else took it over in between, theirs comes back
  const aside = `${file}.${process.pid}.stale`;
  if (!(await isDone(rename(file, aside)))) return;
  if ((await readFile(aside, 'utf8')) !== text) await isDone(link(aside, file));
  await rm(aside, { force: true });
}

/** The process that wrote a lock, when it still runs. */
async function holderOf(text: string): Promise<number | undefined> {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    return undefined;
  }
  const holder = HolderSchema.safeParse(written);
  if (!holder.success || !isAlive(holder.data.pid)) return undefined;
  return (await startOf(holder.data.pid)) === holder.data.started ? holder.data.pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // a process of another user lives too
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * When a process started, as text to compare: numbers of processes come again, after a reboot or in a new container.
 * Empty where the system does not say (macOS): the number alone decides there.
 */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // the name (second field) may hold spaces; the start is the 22nd field
    return `${boot.trim()}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
  } catch {
    return '';
  }
}

async function isDone(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
