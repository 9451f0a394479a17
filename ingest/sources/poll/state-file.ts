import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { PollState } from './fetch-page.ts';

const text = z.string().max(4_096).optional();
const StateSchema = z.object({ cursor: text, etag: text, modified: text, url: text });

/** Reads what is remembered of a feed; nothing where there is no file, or a damaged one: then all is asked for again, and known by its time. */
export async function readState(file: string): Promise<PollState> {
  const written = await readFile(file, 'utf8').catch(() => '{}');
  try {
    return StateSchema.parse(JSON.parse(written));
  } catch {
    return {};
  }
}

/** Writes what is to be remembered, whole or not at all. */
export async function writeState(file: string, state: PollState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const handle = await open(`${file}.new`, 'w');
  try {
    await handle.writeFile(JSON.stringify(state));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
}
