import type { Station } from '#ingest/schema/stations.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Text } from '#ingest/schema/unit-tree.ts';
import type { Dashboards, LoadedQuery } from '../dashboards.ts';
import type { LoadOptions, LoadResult } from '../load.ts';
import type { FileFault } from '../schema/fault.ts';
import type { Metric } from '../schema/metric.ts';
import type { Topology } from '../schema/topology.ts';
import { networkOf } from '../topology/network.ts';
import { checkAlertRules } from './alert-rules.ts';
import { checkMetric } from './metric-rules.ts';
import { checkParents } from './parent-rules.ts';
import { loadNotify } from './notify-rules.ts';
import { checkCalendar, checkUnits } from './province-rules.ts';
import { checkQuery, checkRows } from './query-rules.ts';
import { idOf, type Files } from './read-folder.ts';
import { createReaders, type Readers } from './readers.ts';
import { checkReconciliations } from './reconciliation-rules.ts';
import { resolveBoards } from './resolve-boards.ts';
import { checkStations } from './station-rules.ts';
import { checkTopology } from './topology-rules.ts';

type Options = Omit<LoadOptions, 'folder'>;

/** What loadDashboards does, once the files are read. */
export async function loadFiles(files: Files, options: Options): Promise<LoadResult> {
  const readers = options.readers ?? createReaders();
  const queries = await loadQueries(files, readers, options);
  const metrics = loadMetrics(files, readers, options.previous);
  const maps = new Set(idsIn(files, 'maps/'));
  const images = new Set(
    [...files.keys()].flatMap((file) => (file.startsWith('images/') ? [file.slice('images/'.length)] : [])),
  );
  const boards = resolveBoards(
    filesIn(files, 'boards/').map(({ file, text }) => readers.board(file, text)),
    { queries: queries.good, metrics: metrics.good, maps, images, broken: brokenIn(files, queries.good, metrics.good) },
    options.previous,
  );
  const reconciliations = checkReconciliations(
    filesIn(files, 'reconciliations/').map(({ file, text }) => readers.reconciliation(file, text)),
    options.previous?.reconciliations,
  );
  const province = loadProvince(files, readers, options);
  const asked = province.province ? withKnown(queries.good, province.province, options.previous) : queries.good;
  const notify = loadNotify(files, readers, province.province?.units, options.previous?.notify);
  const rules = checkAlertRules(
    filesIn(files, 'alerts/').map(({ file, text }) => readers.rule(file, text)),
    {
      queries: asked,
      broken: brokenIn(files, queries.good, metrics.good),
      escalations: new Set(notify.notify.escalations.keys()),
    },
    options.previous?.rules,
  );
  const parents = checkParents(
    filesIn(files, 'parents/').map(({ file, text }) => readers.parent(file, text)),
    asked,
    options.previous?.parents,
  );
  const faults = [
    ...queries.faults,
    ...metrics.faults,
    ...boards.faults,
    ...reconciliations.faults,
    ...rules.faults,
    ...province.faults,
    ...notify.faults,
    ...parents.faults,
  ];
  return {
    dashboards: province.province && {
      boards: boards.boards,
      queries: asked,
      metrics: metrics.good,
      maps,
      images,
      measures: loadMeasures(files, readers, options.previous),
      reconciliations: reconciliations.good,
      rules: rules.good,
      notify: notify.notify,
      parents: parents.good,
      province: province.province,
    },
    faults: faults.sort((left, right) =>
      left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1,
    ),
  };
}

function filesIn(files: Files, folder: string, ending = '.yaml'): { file: string; text: string }[] {
  return [...files].flatMap(([file, text]) =>
    file.startsWith(folder) && file.endsWith(ending) ? [{ file, text }] : [],
  );
}

/** The definitions that are there and cannot be used. */
function brokenIn(files: Files, ...[queries, metrics]: ReadonlyMap<string, unknown>[]): Set<string> {
  const names = [...files.keys()].filter((file) => file.endsWith('.yaml')).map((file) => file.replace(/\.yaml$/, ''));
  return new Set(
    names.filter(
      (name) =>
        (name.startsWith('queries/') && !queries?.has(idOf(name))) ||
        (name.startsWith('metrics/') && !metrics?.has(idOf(name))),
    ),
  );
}

function idsIn(files: Files, folder: string): string[] {
  return [...files.keys()].filter((file) => file.startsWith(folder)).map(idOf);
}

async function loadQueries(
  files: Files,
  readers: Readers,
  { describe, previous }: Options,
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

/** Gives the queries that derive their rows what is known of the province: another network makes another query. */
function withKnown(
  queries: ReadonlyMap<string, LoadedQuery>,
  { topology, stations, units }: Dashboards['province'],
  previous: Dashboards | undefined,
): Map<string, LoadedQuery> {
  const entries = [...queries].map(([id, query]): [string, LoadedQuery] => {
    if (!query.derive) return [id, query];
    const whole = { ...query, known: { network: networkOf(topology, units), stations } };
    const last = previous?.queries.get(id);
    return [id, last && isSame(last, whole) ? last : whole];
  });
  return new Map(entries);
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

/** What is measured, by metric; a file that is broken leaves its names as they were. Its faults are told by the whole check: they darken nothing. */
function loadMeasures(files: Files, readers: Readers, previous: Dashboards | undefined): Map<string, Text> {
  return new Map(
    filesIn(files, 'measures/').flatMap(({ file, text }) => {
      const domain = idOf(file);
      const { value } = readers.measures(file, text);
      if (value)
        return Object.entries(value.measures).map(([id, { name }]): [string, Text] => [`${domain}.${id}`, name]);
      return [...(previous?.measures ?? [])].filter(([metric]) => metric.startsWith(`${domain}.`));
    }),
  );
}

function loadProvince(
  files: Files,
  readers: Readers,
  { province: id, previous }: Options,
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
  const { topology, faults: topologyFaults } = loadTopology(files, readers, { id, units: served?.units, last });
  const { stations, faults: stationFaults } = loadStations(files, readers, { id, units: served?.units, last });
  return {
    province:
      served && kept ? { id, tree: served.tree, units: served.units, calendar: kept, topology, stations } : last,
    faults: [...faults, ...(calendar?.faults ?? []), ...topologyFaults, ...stationFaults],
  };
}

/** A province need not have a topology; a broken one leaves the last good one. */
function loadTopology(
  files: Files,
  readers: Readers,
  { id, units, last }: { id: string; units: UnitIndex | undefined; last: Dashboards['province'] | undefined },
): { topology: Topology | undefined; faults: readonly FileFault[] } {
  const file = `topology/${id}.yaml`;
  const text = files.get(file);
  if (text === undefined) return { topology: undefined, faults: [] };
  const yaml = readers.topology(file, text);
  const faults = checkTopology(yaml, units);
  return { topology: faults.length === 0 ? yaml.value : last?.topology, faults };
}

/** A province need not have stations; a broken file leaves the last good one. */
function loadStations(
  files: Files,
  readers: Readers,
  { id, units, last }: { id: string; units: UnitIndex | undefined; last: Dashboards['province'] | undefined },
): { stations: readonly Station[]; faults: readonly FileFault[] } {
  const file = `stations/${id}.yaml`;
  const text = files.get(file);
  if (text === undefined) return { stations: [], faults: [] };
  const yaml = readers.stations(file, text);
  const domains = filesIn(files, 'measures/').map(({ file: name }) => idOf(name));
  const faults = checkStations(yaml, units, domains);
  if (faults.length > 0 || !yaml.value) return { stations: last?.stations ?? [], faults };
  return {
    stations: yaml.value.stations.map((each) => ({ ...each, unit: units?.resolve(each.unit)?.code ?? each.unit })),
    faults,
  };
}
