import { RELATIONS } from '#ingest/clickhouse/relations.ts';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import type { LoadedQuery } from '../dashboards.ts';
import type { Board, MeasuredPanel, Panel, QueryUse } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import { KIND_COLUMNS } from '../schema/kind-columns.ts';
import type { Metric } from '../schema/metric.ts';
import { CELL_TYPES } from '../schema/table-cell.ts';
import { checkOpens } from './opens-rules.ts';
import { choices } from './suggest.ts';
import { checkVariables, refuseValue } from './variable-rules.ts';
import type { YamlFile } from './yaml-file.ts';

/** What panels may name. */
export interface Known {
  queries: ReadonlyMap<string, LoadedQuery>;
  metrics: ReadonlyMap<string, Metric>;
  /** Ids of the maps, and names of the images with their endings. */
  maps: ReadonlySet<string>;
  images: ReadonlySet<string>;
  /** Files that are there and broken: `queries/overdue-now`, `metrics/threats`. They have faults of their own. */
  broken: ReadonlySet<string>;
}

/** Types of the columns that panels read, where the name settles it. */
const READ_AS: Readonly<Record<string, string>> = {
  t: 'instant',
  since: 'instant',
  as_of: 'instant',
  value: 'number',
  severity: 'number',
  up: 'number',
};
/** The column that a figure's second line needs. */
const SECOND_NEEDS: Readonly<Record<string, string>> = { part: 'of', delta: 'previous', note: 'note' };

/** The places of a panel: on every wall, and on one that is two screens wide. */
const LAYOUTS = ['at', 'at_wide'] as const;

type Say = (path: readonly PropertyKey[], message: string, on?: 'key' | 'value') => FileFault;

/** Checks a board against the queries and metrics that it names, and its grid. Empty when all is right. */
export function checkBoard(yaml: YamlFile<Board>, board: Board, known: Known): FileFault[] {
  const faults = [...checkGrid(yaml, board), ...checkVariables(yaml, board)];
  if (Object.keys(board.panels).length === 0)
    faults.push(yaml.fault(['panels'], 'no panels; allowed: a mapping of at least one name to a panel', 'key'));
  for (const [id, panel] of Object.entries(board.panels)) {
    const say: Say = (path, message, on) => yaml.fault(['panels', id, ...path], message, on);
    if ('metric' in panel)
      faults.push(
        ...checkMetricUse(panel, known, say),
        ...checkUses(panel, board.variables, known, say),
        ...checkSources(panel, known, say),
        ...checkOpens(panel, board.variables, known.queries, say),
      );
    if (panel.kind === 'image' && !known.images.has(panel.options.file))
      faults.push(
        say(['options', 'file'], `unknown image "${panel.options.file}"; ${choices(panel.options.file, known.images)}`),
      );
    if (panel.kind === 'map' && panel.options.map !== undefined && !known.maps.has(panel.options.map))
      faults.push(
        say(['options', 'map'], `unknown map "${panel.options.map}"; ${choices(panel.options.map, known.maps)}`),
      );
    if (panel.kind === 'table') faults.push(...checkCells(panel, known, say));
    if (panel.kind === 'series' || panel.kind === 'stack') faults.push(...checkSeries(panel.options.series, say));
  }
  return faults;
}

/** The panels of each of the two layouts must fit the grid and leave each other room. */
function checkGrid(yaml: YamlFile<Board>, board: Board): FileFault[] {
  const { columns, rows } = board.grid;
  const panels = Object.entries(board.panels);
  const layouts = panels.some(([, panel]) => panel.at_wide) ? LAYOUTS : LAYOUTS.slice(0, 1);
  return layouts.flatMap((layout) => {
    const placed = panels.map(([id, panel]) => ({ id, at: panel[layout] ?? panel.at, isWritten: panel[layout] }));
    return placed.flatMap(({ id, at, isWritten }, index) => {
      const faults: FileFault[] = [];
      const path = ['panels', id, isWritten ? layout : 'at'];
      if (isWritten && at.x + at.w > columns)
        faults.push(
          yaml.fault([...path, 'w'], `ends in column ${at.x + at.w}; allowed: x + w up to ${columns} columns`),
        );
      if (isWritten && at.y + at.h > rows)
        faults.push(yaml.fault([...path, 'h'], `ends in row ${at.y + at.h}; allowed: y + h up to ${rows} rows`));
      for (const { id: other, at: box } of placed.slice(0, index))
        if (at.x < box.x + box.w && box.x < at.x + at.w && at.y < box.y + box.h && box.y < at.y + at.h)
          faults.push(yaml.fault(path, `overlaps the panel "${other}"; allowed: cells that no other panel has`, 'key'));
      return faults;
    });
  });
}

/** Why a name leads to no definition. */
function unknown(what: 'query' | 'metric', id: string, names: Iterable<string>, { broken }: Known): string {
  const folder = what === 'query' ? 'queries' : 'metrics';
  if (broken.has(`${folder}/${id}`))
    return `the ${what} "${id}" is broken; allowed: mend ${folder}/${id}, or name another`;
  return `unknown ${what} "${id}"; ${choices(id, names)}`;
}

function checkMetricUse(panel: MeasuredPanel, known: Known, say: Say): FileFault[] {
  const metric = known.metrics.get(panel.metric);
  if (!metric) return [say(['metric'], unknown('metric', panel.metric, known.metrics.keys(), known))];
  if ((panel.kind === 'map' || panel.kind === 'matrix' || panel.kind === 'calendar') && !metric.limits)
    return [say(['metric'], `metric "${panel.metric}" has no limits to colour by; allowed: a metric with limits`)];
  if (panel.kind === 'target' && metric.target === undefined && !hasColumn(panel.queries.main.query, 'goal', known))
    return [
      say(
        ['metric'],
        `metric "${panel.metric}" has no target, and query "${panel.queries.main.query}" no column "goal"; allowed: either`,
      ),
    ];
  if (panel.kind === 'gauge' && !hasEnd(panel, metric, known))
    return [
      say(
        ['options', 'max'],
        `the scale has no end; allowed: a number, a metric in percent, or a query with a column "of"`,
      ),
    ];
  if (panel.kind === 'figure' && panel.options.second === 'target' && metric.target === undefined)
    return [say(['options', 'second'], `metric "${panel.metric}" has no target; allowed: delta, note, part, none`)];
  return [];
}

/** Whether a gauge knows where its scale ends, and that is above where it begins. */
function hasEnd(panel: Extract<Panel, { kind: 'gauge' }>, metric: Metric, known: Known): boolean {
  const { min, max } = panel.options;
  const end = max ?? (metric.format === 'percent' ? 100 : undefined);
  return end === undefined ? hasColumn(panel.queries.main.query, 'of', known) : end > min;
}

function hasColumn(query: string, column: string, { queries }: Known): boolean {
  return Object.hasOwn(queries.get(query)?.rows ?? {}, column);
}

/** The queries of a panel by role. */
function usesOf(panel: MeasuredPanel) {
  const uses: Readonly<Record<string, QueryUse | undefined>> = panel.queries;
  return Object.entries(uses).flatMap(([role, use]) => (use ? [{ role, use }] : []));
}

function checkUses(panel: MeasuredPanel, variables: Board['variables'], known: Known, say: Say): FileFault[] {
  const columns: Readonly<Record<string, readonly string[]>> = KIND_COLUMNS[panel.kind];
  return usesOf(panel).flatMap(({ role, use }) => {
    const path = ['queries', role];
    const query = known.queries.get(use.query);
    if (!query) return [say([...path, 'query'], unknown('query', use.query, known.queries.keys(), known))];
    const faults: FileFault[] = [];
    for (const [name, value] of Object.entries(use.params)) {
      const param = Object.hasOwn(query.params, name) ? query.params[name] : undefined;
      const refused = param && refuseValue(param, value, variables);
      if (!param)
        faults.push(
          say(
            [...path, 'params', name],
            `query "${use.query}" has no parameter "${name}"; ${choices(name, Object.keys(query.params))}`,
            'key',
          ),
        );
      else if (refused !== undefined) faults.push(say([...path, 'params', name], `"${name}" ${refused}`));
    }
    const second = panel.kind === 'figure' && role === 'main' ? SECOND_NEEDS[panel.options.second] : undefined;
    for (const name of [...(columns.each ?? columns[role] ?? []), ...(second === undefined ? [] : [second])])
      faults.push(...checkColumn(name, use.query, query, panel.kind, say, [...path, 'query']));
    return faults;
  });
}

function checkColumn(
  name: string,
  id: string,
  query: LoadedQuery,
  kind: Panel['kind'],
  say: Say,
  path: readonly PropertyKey[],
): FileFault[] {
  const column = Object.hasOwn(query.rows, name) ? query.rows[name] : undefined;
  if (!column)
    return [
      say(
        path,
        `query "${id}" gives no column "${name}", which a panel of kind ${kind} reads; ${choices(name, Object.keys(query.rows))}`,
      ),
    ];
  const type = READ_AS[name];
  if (type !== undefined && column.type !== type)
    return [
      say(path, `column "${name}" of query "${id}" is ${column.type}; allowed for a panel of kind ${kind}: ${type}`),
    ];
  return [];
}

/** What a table draws has to be a column of its query, of the type that its format writes; so has the limit of a cell. */
function checkCells(panel: Extract<Panel, { kind: 'table' }>, { queries }: Known, say: Say): FileFault[] {
  const { query: id } = panel.queries.main;
  const query = queries.get(id);
  if (!query) return [];
  const typeOf = (name: string): string | undefined =>
    Object.hasOwn(query.rows, name) ? query.rows[name]?.type : undefined;
  return panel.options.columns.flatMap(({ column, format, limit }, index) => {
    const path = ['options', 'columns', index];
    const absent = [column, limit].filter((name) => name !== undefined && typeOf(name) === undefined);
    const faults = absent.map((name = '') =>
      say(
        [...path, name === column ? 'column' : 'limit'],
        `query "${id}" gives no column "${name}"; ${choices(name, Object.keys(query.rows))}`,
      ),
    );
    const type = typeOf(column);
    if (type !== undefined && type !== CELL_TYPES[format])
      faults.push(
        say(
          [...path, 'format'],
          `column "${column}" of query "${id}" is ${type}; "${format}" is for ${CELL_TYPES[format]}`,
        ),
      );
    if (limit !== undefined && typeOf(limit) !== undefined && typeOf(limit) !== 'number')
      faults.push(say([...path, 'limit'], `column "${limit}" of query "${id}" is no number; allowed: a number`));
    return faults;
  });
}

/** The age of a panel is that of its sources: they are the families that its queries read, no more and no fewer. */
function checkSources(panel: MeasuredPanel, { queries }: Known, say: Say): FileFault[] {
  const used = usesOf(panel).flatMap(({ use }) => queries.get(use.query) ?? []);
  if (used.length < usesOf(panel).length) return [];
  const logs = used.flatMap(({ relations }) => relations.flatMap((name) => logsOf(name)));
  const families = FAMILY_NAMES.filter((family) => logs.includes(family));
  const missing = families.filter((family) => !panel.sources.includes(family));
  const spare = panel.sources.filter((family) => !families.includes(family));
  if (families.length === 0 || (missing.length === 0 && spare.length === 0)) return [];
  return [say(['sources'], `the queries read ${families.join(', ')}; allowed: [${families.join(', ')}]`)];
}

/** The logs of a relation; none for `source`, which every query may ask for the age of what it reads. */
function logsOf(name: string): readonly string[] {
  const logs: Readonly<Record<string, readonly string[]>> = RELATIONS;
  return name === 'source' ? [] : (logs[name] ?? []);
}

function checkSeries(series: readonly { id: string }[], say: Say): FileFault[] {
  return series.flatMap(({ id }, index) =>
    series.findIndex((other) => other.id === id) < index
      ? [say(['options', 'series', index, 'id'], `series "${id}" stands twice; allowed: each once`)]
      : [],
  );
}
