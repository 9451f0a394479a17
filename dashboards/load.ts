import type { Dashboards, LoadedQuery } from './dashboards.ts';
import { checkMetric } from './load/metric-rules.ts';
import { checkCalendar, checkUnits } from './load/province-rules.ts';
import { checkQuery, checkRows } from './load/query-rules.ts';
import { idOf, readFolder, type Files } from './load/read-folder.ts';
import { createReaders, type Readers } from './load/readers.ts';
import { resolveBoards } from './load/resolve-boards.ts';
import type { Describe } from './schema/describe.ts';
import type { FileFault } from './schema/fault.ts';
import type { Metric } from './schema/metric.ts';

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
export async function loadDashboards(options: LoadOptions): Promise<LoadResult> {
  const readers = options.readers ?? createReaders();
  const { files, faults: strange } = await readFolder(options.folder);
  const queries = await loadQueries(files, readers, options);
  const metrics = loadMetrics(files, readers, options.previous);
  const maps = new Set(idsIn(files, 'maps/'));
  const boards = resolveBoards(
    filesIn(files, 'boards/').map(({ file, text }) => readers.board(file, text)),
    { queries: queries.good, metrics: metrics.good, maps },
    options.previous,
  );
  const province = loadProvince(files, readers, options);
  const faults = [...strange, ...queries.faults, ...metrics.faults, ...boards.faults, ...province.faults];
  return {
    dashboards: province.province && {
      boards: boards.boards,
      queries: queries.good,
      metrics: metrics.good,
      province: province.province,
    },
    faults: faults.sort((left, right) =>
      left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1,
    ),
  };
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

function filesIn(files: Files, folder: string, ending = '.yaml'): { file: string; text: string }[] {
  return [...files].flatMap(([file, text]) =>
    file.startsWith(folder) && file.endsWith(ending) ? [{ file, text }] : [],
  );
}

function idsIn(files: Files, folder: string): string[] {
  return [...files.keys()].filter((file) => file.startsWith(folder)).map(idOf);
}

async function loadQueries(
  files: Files,
  readers: Readers,
  { describe, previous }: LoadOptions,
): Promise<{ good: Map<string, LoadedQuery>; faults: FileFault[] }> {
  const good = new Map<string, LoadedQuery>();
  const faults: FileFault[] = [];
  const checked = await Promise.all(
    filesIn(files, 'queries/').map(async ({ file, text }) => {
      const yaml = readers.query(file, text);
      const { query, faults: found } = checkQuery(yaml, files.get(`queries/${idOf(file)}.sql`));
      return { id: idOf(file), query, found: query && describe ? await checkRows(yaml, query, describe) : found };
    }),
  );
  for (const { id, query, found } of checked) {
    const last = previous?.queries.get(id);
    faults.push(...found);
    if (query && found.length === 0) good.set(id, last && isSame(last, query) ? last : query);
    else if (last) good.set(id, last);
  }
  for (const { file } of filesIn(files, 'queries/', '.sql'))
    if (!files.has(`queries/${idOf(file)}.yaml`)) {
      const message = `there is no queries/${idOf(file)}.yaml; allowed: its rows and parameters in a file of the same name`;
      faults.push({ file, line: 1, column: 1, path: '', message });
    }
  return { good, faults };
}

/** An unchanged query stays the same object, so that what holds on to it can tell by identity. */
function isSame(left: LoadedQuery, right: LoadedQuery): boolean {
  return left.sql === right.sql && JSON.stringify(left) === JSON.stringify(right);
}

function loadMetrics(
  files: Files,
  readers: Readers,
  previous: Dashboards | undefined,
): { good: Map<string, Metric>; faults: FileFault[] } {
  const good = new Map<string, Metric>();
  const faults: FileFault[] = [];
  for (const { file, text } of filesIn(files, 'metrics/')) {
    const { metric, faults: found } = checkMetric(readers.metric(file, text));
    const kept = metric ?? previous?.metrics.get(idOf(file));
    if (kept) good.set(idOf(file), kept);
    faults.push(...found);
  }
  return { good, faults };
}

function loadProvince(
  files: Files,
  readers: Readers,
  { province: id, previous }: LoadOptions,
): { province: Dashboards['province'] | undefined; faults: FileFault[] } {
  const last = previous?.province.id === id ? previous.province : undefined;
  const file = `units/${id}.yaml`;
  const text = files.get(file);
  if (text === undefined) {
    const message = `there is no such province; allowed: ${idsIn(files, 'units/').join(', ') || 'none yet'}`;
    return { province: last, faults: [{ file, line: 1, column: 1, path: '', message }] };
  }
  const yaml = readers.units(file, text);
  const { units, faults } = checkUnits(yaml, idsIn(files, 'calendar/'), idsIn(files, 'maps/'));
  const tree = yaml.value;
  const calendarFile = `calendar/${tree?.calendar ?? last?.tree.calendar ?? ''}.yaml`;
  const calendarText = files.get(calendarFile);
  const calendar = calendarText === undefined ? undefined : checkCalendar(readers.calendar(calendarFile, calendarText));
  const kept = calendar?.calendar ?? last?.calendar;
  const served = tree && units ? { tree, units } : last;
  return {
    province: served && kept ? { id, tree: served.tree, units: served.units, calendar: kept } : last,
    faults: [...faults, ...(calendar?.faults ?? [])],
  };
}
