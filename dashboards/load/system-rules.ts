import { FAMILIES, type Family } from '#ingest/schema/event.ts';
import { limitOf, type SourceLimits } from '#ingest/schema/source-limits.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Dashboards } from '../dashboards.ts';
import type { Panel } from '../schema/board.ts';
import type { FileFault } from '../schema/fault.ts';
import type { System } from '../schema/system.ts';
import type { UnitOfMetric } from './feed-rules.ts';
import { idOf } from './read-folder.ts';
import { choices } from './suggest.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** What files of systems may name. */
export interface Nameable {
  boards: Dashboards['boards'];
  queries: Dashboards['queries'];
  metrics: Dashboards['metrics'];
  /** Measures that readings may have. */
  measures: UnitOfMetric;
  /** The limits of all provinces. */
  limits: readonly SourceLimits[];
  /** Files that read what arrives: `feeds/van-ban`, `imports/mot-cua`. */
  files: ReadonlySet<string>;
  provinces: readonly UnitIndex[];
}

/** Ways in that are described by a file. */
const BY_FILE: readonly string[] = ['mqtt', 'poll', 'folder', 'import'];
const TYPES: readonly string[] = Object.values(FAMILIES).flatMap(({ types }) => [...types]);

/** Checks what the schema of systems cannot say: that what they name is there, and that no number stands twice. */
export function checkSystems(yamls: readonly YamlFile<System>[], known: Nameable): FileFault[] {
  const numbers = new Map<number, string>();
  return yamls.flatMap((yaml) => {
    if (!yaml.value) return yaml.faults;
    const { number } = yaml.value;
    const faults = [...faultsOf(yaml, yaml.value, known)];
    const other = numbers.get(number);
    numbers.set(number, yaml.file);
    if (other !== undefined)
      faults.push(yaml.fault(['number'], `${number} is that of ${other}; allowed: one file each`));
    if (!idOf(yaml.file).startsWith(`${String(number).padStart(2, '0')}-`))
      faults.push(yaml.fault(['number'], `the name of the file begins otherwise; allowed: its number, in two digits`));
    return faults;
  });
}

function faultsOf(yaml: YamlFile<System>, system: System, known: Nameable): FileFault[] {
  const listed = (names: readonly string[], allowed: Iterable<string>, path: Path, what: string): FileFault[] => {
    const all = new Set(allowed);
    return names.flatMap((name, n) =>
      all.has(name) ? [] : [yaml.fault([...path, n], `unknown ${what} "${name}"; ${choices(name, all, 10)}`)],
    );
  };
  const panels = [...known.boards].flatMap(([board, all]) => Object.keys(all.panels).map((id) => `${board}/${id}`));
  return [
    ...listed(system.metrics, known.metrics.keys(), ['metrics'], 'metric'),
    ...listed(system.panels, panels, ['panels'], 'panel'),
    // entries may state what no reading measures
    ...(system.feed.families.includes('entry')
      ? []
      : listed(system.feed.carries, known.measures.keys(), ['feed', 'carries'], 'measure')),
    ...system.feed.others.flatMap(({ carries }, n) =>
      system.feed.families.includes('entry')
        ? []
        : listed(carries, known.measures.keys(), ['feed', 'others', n, 'carries'], 'measure'),
    ),
    ...feedFaults(yaml, system, known),
    ...sentFaults(yaml, system, known),
    ...shownFaults(yaml, system, known),
  ];
}

function feedFaults(yaml: YamlFile<System>, { feed }: System, { files, limits }: Nameable): FileFault[] {
  const { families, by, source, file } = feed;
  const faults: FileFault[] = [];
  const measured = families.some((family) => family === 'reading' || family === 'entry');
  if (measured && feed.carries.length === 0 && feed.others.length === 0)
    faults.push(yaml.fault(['feed'], 'carries nothing; allowed: what its readings or entries measure', 'key'));
  if (file === undefined && by.some((way) => BY_FILE.includes(way)))
    faults.push(yaml.fault(['feed', 'by'], `nothing says how to read it; allowed: the file of feeds/ or imports/`));
  if (file !== undefined && !files.has(file))
    faults.push(yaml.fault(['feed', 'file'], `unknown file "${file}"; ${choices(file, files, 10)}`));
  for (const [path, name] of [
    [['feed', 'source'], source] as const,
    ...feed.others.map((other, n) => [['feed', 'others', n, 'source'], other.source] as const),
  ]) {
    if (families.some((family) => limits.some((all) => limitOf(all, family, name)))) continue;
    const names = new Set(limits.flatMap(({ sources }) => sources.map((one) => one.source)));
    const message = `nothing in sources/ says how long "${name}" may be silent; ${choices(name, names, 10)}`;
    faults.push(yaml.fault(path, message));
  }
  return faults;
}

function sentFaults(yaml: YamlFile<System>, { example, feed }: System, { provinces }: Nameable): FileFault[] {
  const types = feed.families.flatMap((family: Family) => [...FAMILIES[family].types]);
  return example.send.flatMap(({ type, unit }, n) => [
    ...(types.some((one) => one === type)
      ? []
      : [
          yaml.fault(
            ['example', 'send', n, 'type'],
            `${TYPES.includes(type) ? 'type of another family' : 'unknown type'} "${type}"; ${choices(type, types)}`,
          ),
        ]),
    ...unknownUnit(yaml, unit, ['example', 'send', n, 'unit'], provinces),
  ]);
}

function unknownUnit(
  yaml: YamlFile<System>,
  unit: string,
  path: Path,
  provinces: readonly UnitIndex[],
): readonly FileFault[] {
  if (provinces.length === 0 || provinces.some((units) => units.resolve(unit))) return [];
  const codes = provinces.flatMap(({ units }) => units.map(({ code }) => code));
  return [yaml.fault(path, `unknown unit "${unit}"; ${choices(unit, codes, 10)}`)];
}

function shownFaults(yaml: YamlFile<System>, { panels, example }: System, known: Nameable): FileFault[] {
  return example.shows.flatMap(({ panel: name, role, scope, row, column }, n) => {
    const path = ['example', 'shows', n];
    const at = scope === undefined ? [] : unknownUnit(yaml, scope, [...path, 'scope'], known.provinces);
    if (!panels.includes(name))
      return [...at, yaml.fault([...path, 'panel'], `"${name}" is no panel of the system; ${choices(name, panels)}`)];
    const panel = panelOf(known.boards, name);
    if (!panel) return at;
    const use = queryOf(panel, role);
    if (!use)
      return [
        ...at,
        yaml.fault([...path, 'role'], `${name} asks no "${role}"; ${choices(role, Object.keys(panel.queries))}`),
      ];
    const columns = Object.keys(known.queries.get(use.query)?.rows ?? {});
    const unknown = [...Object.keys(row), column].find((one) => !columns.includes(one));
    if (columns.length === 0 || unknown === undefined) return at;
    return [
      ...at,
      yaml.fault([...path, 'column'], `${use.query} has no column "${unknown}"; ${choices(unknown, columns)}`),
    ];
  });
}

/** The panel that a system names: `board/panel`. */
export function panelOf(boards: Dashboards['boards'], name: string): Panel | undefined {
  const [board = '', panel = ''] = name.split('/');
  return boards.get(board)?.panels[panel];
}

/** What a panel asks in a role. */
export function queryOf(
  { queries }: Pick<Panel, 'queries'>,
  role: string,
): Panel['queries'][keyof Panel['queries']] | undefined {
  return Object.entries(queries).find(([name]) => name === role)?.[1];
}
