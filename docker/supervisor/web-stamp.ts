import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Where the built web app is, and the file in it that says what it was built from. */
export const DIST = 'web/dist';
const STAMP = '.stamp';
/** Folders of web that are not built from. */
const BUILT = ['dist', 'e2e', 'node_modules'];
/** What the web app is made of, beside its own folder. */
const BESIDE = ['package-lock.json', 'api/contract.ts', 'dashboards/schema', 'ingest/schema'];

/** A hash of everything that the web app is built from; tests do not count. */
export async function stampSources(root: string): Promise<string> {
  const files = (await Promise.all(['web', ...BESIDE].map((entry) => filesOf(join(root, entry))))).flat().sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${relative(root, file)}\0`)
      .update(await readFile(file))
      .update('\0');
  return hash.digest('hex');
}

/** The stamp of what is built; undefined when nothing is. */
export async function readStamp(folder: string): Promise<string | undefined> {
  return readFile(join(folder, STAMP), 'utf8').catch(() => undefined);
}

/** The path of the stamp in a folder of built files. */
export function stampFile(folder: string): string {
  return join(folder, STAMP);
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!entries) return [path];
  const nested = entries.map(async (entry): Promise<string[]> => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return BUILT.includes(entry.name) ? [] : await filesOf(below);
    return /\.(test|spec)\.ts$/.test(entry.name) ? [] : [below];
  });
  return (await Promise.all(nested)).flat();
}
