import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Head } from './chain.ts';

const HeadSchema = z.strictObject({ chain: z.uuid(), seq: z.int().min(0), hash: z.string() }) satisfies z.ZodType<Head>;

/** Writes the head of a chain into its file of `folder`: beside, synced, and moved into place, so that a reader never meets half of one. */
export async function writeHead(folder: string, head: Head): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${head.chain}.json`);
  const beside = await open(`${file}.new`, 'w', 0o600);
  try {
    await beside.writeFile(`${JSON.stringify(head)}\n`);
    await beside.sync();
  } finally {
    await beside.close();
  }
  await rename(`${file}.new`, file);
}

/** The heads of all chains, by chain. A folder that is not there holds none; throws an Error that names a file that cannot be read. */
export async function readHeads(folder: string): Promise<Map<string, Head>> {
  const names = await readdir(folder).catch(() => []);
  const heads = new Map<string, Head>();
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const head = HeadSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      heads.set(head.chain, head);
    } catch (cause) {
      throw new Error(`${file} is not the head of a chain`, { cause });
    }
  }
  return heads;
}
