import { join } from 'node:path';
import { loadFiles } from './load-files.ts';
import { readFolder, type Files } from './read-folder.ts';
import { createReaders } from './readers.ts';
import type { LoadResult } from '../load.ts';

/** The definition files that ship, for tests that break them. */
export async function shippedFiles(): Promise<Files> {
  return (await readFolder(join(import.meta.dirname, '..'))).files;
}

/** A copy of files with one text changed; throws when `from` is not in it, so that a test cannot pass by changing nothing. */
export function edited(files: Files, file: string, from: string | RegExp, to: string): Files {
  const text = files.get(file) ?? '';
  const next = text.replace(from, to);
  if (next === text) throw new Error(`${file} holds no ${String(from)}`);
  return new Map(files).set(file, next);
}

const readers = createReaders();

/** Loads files as the province that ships. */
export async function load(files: Files, previous?: LoadResult): Promise<LoadResult> {
  return loadFiles(files, { readers, province: 'quang-ninh-2019', previous: previous?.dashboards });
}
