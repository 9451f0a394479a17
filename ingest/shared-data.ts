import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where a folder of the shared data lies, for tests; undefined, with a word on standard error, when it is not there. */
export function sharedData(folder: string, root: string | undefined): string | undefined {
  const path = join(resolve(root ?? join(import.meta.dirname, '..', '..', 'shared', 'data')), folder);
  if (existsSync(path)) return path;
  process.stderr.write(`skipped: ${path} is not there; set SHARED_DATA to the folder of shared data\n`);
  return undefined;
}
