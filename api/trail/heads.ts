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

/** File of the list of chains, a line for each. */
const LIST = 'chains';

/** Adds a chain that was begun to the list, and every other of which only a head is kept: rows and head may be taken away together, then the list names it. */
export async function listChain(folder: string, chain: string): Promise<void> {
  const listed = new Set(await readChains(folder));
  const missing = [...(await readHeads(folder)).keys(), chain].filter((each) => !listed.has(each));
  const list = await open(join(folder, LIST), 'a', 0o600);
  try {
    await list.appendFile([...new Set(missing)].map((each) => `${each}\n`).join(''));
    await list.sync();
  } finally {
    await list.close();
  }
}

/** The chains of the list; none where there is no list. */
export async function readChains(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, LIST), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
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
