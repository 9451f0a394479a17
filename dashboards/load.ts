import type { Dashboards } from './dashboards.ts';
import { loadFiles } from './load/load-files.ts';
import { readFolder } from './load/read-folder.ts';
import { createReaders, type Readers } from './load/readers.ts';
import type { Describe } from './schema/describe.ts';
import type { FileFault } from './schema/fault.ts';

/** What to load, and what to keep serving where a file is broken. */
export interface LoadOptions {
  /** The dashboards folder. */
  folder: string;
  /** Id of the unit tree to serve: `quang-ninh-2019`. */
  province: string;
  /** Compares each query's rows with what a real engine says of its SQL; left out, they are taken on trust. */
  describe?: Describe;
  /** The last result: where a file is broken, its version there is kept. */
  previous?: Dashboards;
  /** Readers of the last load; a reload with them reads only files whose text has changed. */
  readers?: Readers;
}

/** What can be served, and what is wrong. `dashboards` is undefined only while there is no usable province, now or before. */
export interface LoadResult {
  dashboards: Dashboards | undefined;
  faults: FileFault[];
}

/**
 * Loads every definition file. Broken files never reject: each becomes a fault, and its last good version is served, together with
 * the definitions it needs. Rejects only when the folder cannot be read, or `describe` cannot reach its engine.
 */
export async function loadDashboards({ folder, ...options }: LoadOptions): Promise<LoadResult> {
  const { files, faults } = await readFolder(folder);
  const result = await loadFiles(files, options);
  return { ...result, faults: [...faults, ...result.faults] };
}

/** A load that remembers: each call serves the last good version of what is broken, and reads only what has changed. */
export function createLoader(options: Omit<LoadOptions, 'previous' | 'readers'>): () => Promise<LoadResult> {
  const readers = createReaders();
  let previous: Dashboards | undefined;
  return async () => {
    const result = await loadDashboards({ ...options, readers, previous });
    previous = result.dashboards;
    return result;
  };
}
