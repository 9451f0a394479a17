import { readFolder } from '#dashboards/load/read-folder.ts';
import { createReaders } from '#dashboards/load/readers.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { System } from '#dashboards/schema/system.ts';
import type { Told } from './told.ts';

/** The systems that the articles name are numbered from 1 to this. */
const LAST_NAMED = 54;
/** What each system must have. */
const PARTS = ['catalogue', 'feed', 'simulator', 'panel', 'freshness', 'example'] as const;
type Part = (typeof PARTS)[number];

/** A system as its file says it; without `system` where the file cannot be read. */
export interface SystemFile {
  file: string;
  system: System | undefined;
}

/** A line of the table: what is missing of each part; a part with nothing missing is ticked. */
export interface Covered {
  number: number;
  name: string;
  missing: Record<Part, readonly string[]>;
}

/** Reads the files of systems, in the order of their names. */
export async function readSystems(folder: string): Promise<SystemFile[]> {
  const { files } = await readFolder(folder);
  const readers = createReaders();
  return [...files].flatMap(([file, text]) =>
    file.startsWith('systems/') ? [{ file, system: readers.system(file, text).value }] : [],
  );
}

/** What each system has, and of those that have no file nothing. `faults` are those of `npm run check`, `told` what the simulator tells. */
export function cover(files: readonly SystemFile[], faults: readonly FileFault[], told: Told): Covered[] {
  const covered = files.map(({ file, system }) => coveredOf(file, system, faults, told));
  const known = new Set(covered.map(({ number }) => number));
  const absent = Array.from({ length: LAST_NAMED }, (_, n) => n + 1).filter((number) => !known.has(number));
  const none = (number: number) => ({ number, name: '', missing: missingOf(() => ['there is no file']) });
  return [...covered, ...absent.map(none)].sort((a, b) => a.number - b.number);
}

function missingOf(what: (part: Part) => readonly string[]): Covered['missing'] {
  return {
    catalogue: what('catalogue'),
    feed: what('feed'),
    simulator: what('simulator'),
    panel: what('panel'),
    freshness: what('freshness'),
    example: what('example'),
  };
}

function coveredOf(file: string, system: System | undefined, faults: readonly FileFault[], told: Told): Covered {
  const own = faults.filter((fault) => fault.file === file);
  if (!system) {
    const messages = own.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
    const number = Number(/^systems\/(\d+)-/.exec(file)?.[1] ?? 0);
    return { number, name: file, missing: missingOf(() => messages) };
  }
  const parts: Record<Part, (path: string) => boolean> = {
    catalogue: (path) => path.startsWith('metrics') || path === 'number',
    feed: (path) => path.startsWith('feed') && !isSource(path),
    simulator: () => false,
    panel: (path) => path.startsWith('panels'),
    freshness: isSource,
    example: (path) => path.startsWith('example'),
  };
  const missing = missingOf((part) =>
    part === 'simulator'
      ? untold(system, told)
      : own.filter(({ path }) => parts[part](path)).map(({ line, column, message }) => `${line}:${column} ${message}`),
  );
  return { number: system.number, name: system.name.vi, missing };
}

/** Whether a fault is that of a source whose silence nothing limits. */
function isSource(path: string): boolean {
  return /^feed\.(others\[\d+\]\.)?source$/.test(path);
}

/** What a system carries and the simulator does not tell. Whatever the product does by itself is no matter of the simulator. */
function untold({ feed }: System, told: Told): string[] {
  if (feed.by.every((way) => way === 'product')) return [];
  return [feed, ...feed.others].flatMap(({ source, carries }) => {
    const said = told.get(source);
    if (!said) return [`nothing is told by the source ${source}`];
    return carries.filter((metric) => !said.has(metric)).map((metric) => `${source} does not tell ${metric}`);
  });
}

/** Whether nothing is missing. */
export function isComplete(covered: readonly Covered[]): boolean {
  return covered.every(({ missing }) => PARTS.every((part) => missing[part].length === 0));
}

/** The table, with what is missing below each line. */
export function coverageTable(covered: readonly Covered[]): string[] {
  const width = Math.max(...covered.map(({ name }) => name.length), 6);
  const line = (number: string, name: string, cells: readonly string[]) =>
    [number.padStart(3), name.padEnd(width), ...cells.map((cell, n) => cell.padEnd(PARTS[n]?.length ?? 0))]
      .join('  ')
      .trimEnd();
  const done = covered.filter((one) => isComplete([one])).length;
  return [
    line('no', 'system', PARTS),
    ...covered.flatMap(({ number, name, missing }) => {
      const reasons = new Set(PARTS.flatMap((part) => missing[part]));
      const cells = PARTS.map((part) => (missing[part].length === 0 ? '✓' : '✗'));
      return [line(String(number), name, cells), ...[...reasons].map((reason) => `       ${reason}`)];
    }),
    `${done} of ${covered.length} systems complete`,
  ];
}
