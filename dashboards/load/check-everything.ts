import type { Access } from '#ingest/clickhouse/access.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import { loadDashboards, type LoadResult } from '../load.ts';
import type { Dashboards, LoadedRule } from '../dashboards.ts';
import type { AlertRule } from '../schema/alert-rule.ts';
import type { Describe } from '../schema/describe.ts';
import type { FileFault } from '../schema/fault.ts';
import { createDescriber } from './describe.ts';
import { checkFeed, unitsOfMetrics, type UnitOfMetric } from './feed-rules.ts';
import { checkMap } from './map-rules.ts';
import { checkCalendar, checkInventory } from './province-rules.ts';
import { checkTold } from './parent-rules.ts';
import { checkProbes } from './probe-rules.ts';
import { checkStations } from './station-rules.ts';
import { checkInventoryLinks, checkTopology } from './topology-rules.ts';
import { idOf, readFolder, type Files } from './read-folder.ts';
import { createReaders, type Readers } from './readers.ts';
import { checkSystems } from './system-rules.ts';
import { startTemporaryEngine } from './temporary-engine.ts';
import type { YamlFile } from './yaml-file.ts';

/** Everything that is wrong with a dashboards folder, and how much there is of what. */
export interface CheckResult {
  faults: FileFault[];
  counts: {
    boards: number;
    queries: number;
    metrics: number;
    alerts: number;
    reconciliations: number;
    provinces: number;
    systems: number;
  };
  /** What can be served of a province, in the whole; undefined when none can be. */
  dashboards: Dashboards | undefined;
  /** The rules of alerts that are right, for running their tests, in the working time of a province; `fault` places what does not come true. */
  rules: readonly { rule: LoadedRule; fault: YamlFile<AlertRule>['fault']; province: Dashboards['province'] }[];
}

/**
 * Checks every file of a folder: boards, queries (on a real engine), metrics, rules of alerts, reconciliations, each province with its calendar, its map and its
 * devices, mappings of files, severities, measures, feeds, limits of sources, probes, systems, and what devices have and tell.
 * `access` is a server to describe queries on; without it an embedded one is started and removed again.
 */
export async function checkEverything(options: { folder: string; access?: Access | undefined }): Promise<CheckResult> {
  const { folder } = options;
  const { files } = await readFolder(folder);
  const names = [...files.keys()];
  const count = (part: string) => names.filter((file) => file.startsWith(part) && file.endsWith('.yaml')).length;
  const provinces = names.filter((file) => file.startsWith('units/')).map(idOf);
  const readers = createReaders();
  const results = await withDescriber(options.access, async (describe) => {
    const loaded: LoadResult[] = [];
    // the boards and queries are the same in each province: an engine is asked about them once
    for (const [index, province] of (provinces.length > 0 ? provinces : ['none']).entries())
      loaded.push(await loadDashboards({ folder, province, readers, ...(index === 0 ? { describe } : {}) }));
    return loaded;
  });
  const calendars = names
    .filter((file) => file.startsWith('calendar/'))
    .flatMap((file) => checkCalendar(readers.calendar(file, files.get(file) ?? '')).faults);
  const mappings = names
    .filter((file) => file.startsWith('imports/'))
    .flatMap((file) => readers.imports(file, files.get(file) ?? '').faults);
  const severities = names
    .filter((file) => file.startsWith('severities/'))
    .flatMap((file) => readers.severities(file, files.get(file) ?? '').faults);
  const snmp = names.flatMap((file) => {
    if (file.startsWith('devices/')) return readers.devices(file, files.get(file) ?? '').faults;
    return file.startsWith('traps/') ? readers.traps(file, files.get(file) ?? '').faults : [];
  });
  const places = results.flatMap(({ dashboards }) => (dashboards ? [dashboards.province.units] : []));
  const measures = names
    .filter((file) => file.startsWith('measures/'))
    .map((file) => readers.measures(file, files.get(file) ?? ''));
  const metrics = unitsOfMetrics(measures.map(({ file, value }) => [idOf(file), value]));
  const feeds = names
    .filter((file) => file.startsWith('feeds/'))
    .flatMap((file) => checkFeed(readers.feeds(file, files.get(file) ?? ''), places, metrics));
  const told = names
    .filter((file) => file.startsWith('parents/'))
    .flatMap((file) => checkTold(readers.parent(file, files.get(file) ?? ''), metrics));
  const provinceOf = (file: string) =>
    results.find(({ dashboards }) => dashboards?.province.id === idOf(file))?.dashboards?.province;
  const inventories = names
    .filter((file) => file.startsWith('inventory/'))
    .flatMap((file) => {
      const yaml = readers.inventory(file, files.get(file) ?? '');
      return [
        ...checkInventory(yaml, provinceOf(file)?.units),
        ...checkInventoryLinks(yaml, provinceOf(file)?.topology),
      ];
    });
  // one of a province that is not there is in no result
  const topologies = names
    .filter((file) => file.startsWith('topology/') && !provinceOf(file))
    .flatMap((file) => checkTopology(readers.topology(file, files.get(file) ?? ''), undefined));
  const stations = names
    .filter((file) => file.startsWith('stations/') && !provinceOf(file))
    .flatMap((file) => checkStations(readers.stations(file, files.get(file) ?? ''), undefined, []));
  const limits = names
    .filter((file) => file.startsWith('sources/'))
    .flatMap((file) => readers.sources(file, files.get(file) ?? '').faults);
  const probes = names
    .filter((file) => file.startsWith('probes/'))
    .flatMap((file) => checkProbes(readers.probes(file, files.get(file) ?? ''), places));
  const maps = await Promise.all(
    results.map(async ({ dashboards }) => (dashboards ? checkMap(folder, dashboards.province) : [])),
  );
  const placed = (rule: LoadedRule, province: Dashboards['province']) => {
    const file = `alerts/${rule.id}.yaml`;
    return { rule, province, fault: readers.rule(file, files.get(file) ?? '').fault };
  };
  const served = results.find(({ dashboards }) => dashboards)?.dashboards;
  return {
    faults: once([
      ...results.flatMap(({ faults }) => faults),
      ...calendars,
      ...mappings,
      ...severities,
      ...snmp,
      ...inventories,
      ...topologies,
      ...stations,
      ...measures.flatMap(({ faults }) => faults),
      ...feeds,
      ...told,
      ...limits,
      ...probes,
      ...maps.flat(),
      ...systemFaults(files, readers, results, metrics),
    ]),
    counts: {
      boards: count('boards/'),
      queries: count('queries/'),
      metrics: count('metrics/'),
      alerts: count('alerts/'),
      reconciliations: count('reconciliations/'),
      provinces: provinces.length,
      systems: count('systems/'),
    },
    dashboards: served,
    rules: served ? [...served.rules.values()].map((rule) => placed(rule, served.province)) : [],
  };
}

/** What is wrong with the files of systems, which name what all others say. */
function systemFaults(files: Files, readers: Readers, results: LoadResult[], measures: UnitOfMetric): FileFault[] {
  const served = results.find(({ dashboards }) => dashboards)?.dashboards;
  if (!served) return [];
  const within = (folder: string) => [...files].filter(([file]) => file.startsWith(`${folder}/`));
  return checkSystems(
    within('systems').map(([file, text]) => readers.system(file, text)),
    {
      ...{ boards: served.boards, queries: served.queries, metrics: served.metrics, measures },
      limits: within('sources').flatMap(([file, text]) => readers.sources(file, text).value ?? []),
      files: new Set(['feeds', 'imports'].flatMap(within).map(([file]) => file.replace(/\.yaml$/, ''))),
      provinces: results.flatMap(({ dashboards }) => (dashboards ? [dashboards.province.units] : [])),
    },
  );
}

/** The same fault found on several ways is one fault. */
function once(faults: readonly FileFault[]): FileFault[] {
  const byText = new Map(faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...byText.values()].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

async function withDescriber<T>(access: Access | undefined, use: (describe: Describe) => Promise<T>): Promise<T> {
  if (access) {
    const client = connect(access);
    try {
      await migrate(client);
      return await use(createDescriber(client));
    } finally {
      await client.close();
    }
  }
  const engine = await startTemporaryEngine();
  try {
    return await use(createDescriber(engine.reader));
  } finally {
    await engine.close();
  }
}
