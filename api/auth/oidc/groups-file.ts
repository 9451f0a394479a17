import { readFile } from 'node:fs/promises';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { readGroups, type GroupPlace } from './groups.ts';

/** Gives what the groups file says now; undefined while it cannot be read or has a fault. */
export type ReadPlaces = () => Promise<readonly GroupPlace[] | undefined>;

/**
 * Reads the groups file whenever it is asked, so that a saved file counts at the next log-in. What is wrong is told once for each
 * version of the file, one `file:line:column path: message` a fault.
 */
export function createGroupsFile(options: {
  file: string;
  units: () => UnitIndex;
  failed: (faults: readonly string[]) => void;
}): ReadPlaces {
  const { file, units, failed } = options;
  let told = '';
  const refuse = (faults: readonly string[]): undefined => {
    const text = faults.join('\n');
    if (text !== told) failed(faults);
    told = text;
  };
  return async () => {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      return refuse([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
    }
    const { places, faults } = readGroups(file, text, units());
    if (faults.length > 0)
      return refuse(
        faults.map(
          ({ line, column, path, message }) => `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`,
        ),
      );
    told = '';
    return places;
  };
}
