import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFault } from '../schema/fault.ts';

/** Names that files may have: they are the ids that panels use. */
const NAME = /^[a-z0-9][a-z0-9-]*$/;

/** Hidden files, the temporary files of editors, what explains, and what draws. */
const PASSED_OVER = /^[.#]|~$|\.(?:swp|swx|tmp|bak|md|ts)$|^\d+$/;

/** The files of the dashboards folder, by their path in it: `boards/toan-canh.yaml` to text. */
export type Files = ReadonlyMap<string, string>;

/** The folders that hold definitions, and the endings of their files. */
export const FOLDERS = {
  boards: ['.yaml'],
  queries: ['.yaml', '.sql'],
  metrics: ['.yaml'],
  alerts: ['.yaml'],
  reconciliations: ['.yaml'],
  units: ['.yaml'],
  calendar: ['.yaml'],
  imports: ['.yaml'],
  topology: ['.yaml'],
  inventory: ['.yaml'],
  stations: ['.yaml'],
  severities: ['.yaml'],
  devices: ['.yaml'],
  traps: ['.yaml'],
  feeds: ['.yaml'],
  measures: ['.yaml'],
  sources: ['.yaml'],
  systems: ['.yaml'],
  probes: ['.yaml'],
  routes: ['.yaml'],
  receivers: ['.yaml'],
  parents: ['.yaml'],
  inhibitions: ['.yaml'],
  rosters: ['.yaml'],
  escalations: ['.yaml'],
  maps: ['.geojson'],
  images: ['.png', '.svg', '.webp', '.jpg'],
} as const satisfies Record<string, readonly string[]>;

/** What is only noted, because it is large and served as it is. */
const SERVED_AS_IS: readonly string[] = ['maps', 'images'];

/** Largest picture, in bytes: walls of old computers draw it. */
export const LARGEST_IMAGE = 2 * 1024 * 1024;

/**
 * Reads every definition file. Hidden files and the temporary files of editors are passed over; maps and images are only noted, as empty
 * texts, and an image that is too large is not.
 * Rejects when a folder exists and cannot be read.
 */
export async function readFolder(folder: string): Promise<{ files: Files; faults: FileFault[] }> {
  const files = new Map<string, string>();
  const faults: FileFault[] = [];
  for (const [name, endings] of Object.entries(FOLDERS)) {
    const entries = await readdir(join(folder, name), { withFileTypes: true }).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    });
    await Promise.all(
      entries.map(async (entry) => {
        if (!entry.isFile() || PASSED_OVER.test(entry.name)) return;
        const ending = endings.find((known) => entry.name.endsWith(known));
        if (!ending || !NAME.test(entry.name.slice(0, -ending.length))) {
          const message = `the file is not read, because of its name; allowed: small letters, digits and hyphens, then ${endings.join(' or ')}`;
          faults.push({ file: `${name}/${entry.name}`, line: 1, column: 1, path: '', message });
          return;
        }
        const bytes = name === 'images' ? (await stat(join(folder, name, entry.name))).size : 0;
        if (bytes > LARGEST_IMAGE) {
          const message = `the image is of ${bytes} bytes; allowed: up to ${LARGEST_IMAGE}`;
          faults.push({ file: `${name}/${entry.name}`, line: 1, column: 1, path: '', message });
          return;
        }
        const text = SERVED_AS_IS.includes(name)
          ? ''
          : await readFile(join(folder, name, entry.name), 'utf8').catch(() => undefined);
        if (text !== undefined) files.set(`${name}/${entry.name}`, text);
      }),
    );
  }
  return { files: new Map([...files].sort(([left], [right]) => (left < right ? -1 : 1))), faults };
}

/** The id of a file: its name without folder and ending. */
export function idOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
