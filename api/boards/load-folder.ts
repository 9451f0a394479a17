import type { ClickHouseClient } from '@clickhouse/client';
import { loadDashboards, type LoadResult } from '#dashboards/load.ts';
import { createReaders } from '#dashboards/load/readers.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { LoadFolder } from './book.ts';
import { createDescribe } from './describe.ts';

/** Which folder is read, and on which engine its queries are checked. */
export interface LoadFolderOptions {
  folder: string;
  province: string;
  client: ClickHouseClient;
}

/**
 * The loader of a real folder. Queries are checked on the engine, but for the first time: that takes seconds, and whoever opens a wall
 * after a start should not wait for them. While the engine is away they are taken on trust, too, because a wall that can show its last rows
 * and their age is better than none. Throws, with every fault, when there is nothing that could be served.
 */
export function loadFolder({ folder, province, client }: LoadFolderOptions): LoadFolder {
  const readers = createReaders();
  const describe = createDescribe(client);
  return async (previous) => {
    const options = { folder, province, readers, previous };
    let is_trusted = previous === undefined;
    const checked = is_trusted ? options : { ...options, describe };
    const { dashboards, faults } = await loadDashboards(checked).catch((error: unknown): Promise<LoadResult> => {
      if (is_trusted) throw error;
      is_trusted = true;
      return loadDashboards(options);
    });
    const isEmpty = !dashboards || dashboards.boards.size === 0;
    // a folder that was emptied while walls hang is a slip, not a wish
    if (isEmpty && previous) return { dashboards: previous, faults, is_trusted };
    if (isEmpty)
      throw new Error(
        `nothing in ${folder} can be served:\n${faults.map(written).join('\n') || '  there is no board'}`,
      );
    return { dashboards, faults, is_trusted };
  };
}

function written({ file, line, column, message }: FileFault): string {
  return `  ${file}:${line}:${column} ${message}`;
}
