import type { LoadedQuery } from '../dashboards.ts';
import type { FileFault } from '../schema/fault.ts';
import type { Parent, ParentFigure } from '../schema/parent.ts';
import type { UnitOfMetric } from './feed-rules.ts';
import { checkParams } from './query-rules.ts';
import { idOf } from './read-folder.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/**
 * Checks the files of parents against the queries that they ask. A broken one is served in its last good version: a parent is told what it was told before.
 */
export function checkParents(
  files: readonly YamlFile<Parent>[],
  queries: ReadonlyMap<string, LoadedQuery>,
  previous: ReadonlyMap<string, Parent> | undefined,
): { good: Map<string, Parent>; faults: FileFault[] } {
  const good = new Map<string, Parent>();
  const faults: FileFault[] = [];
  for (const yaml of files) {
    const found = yaml.value ? checkFigures(yaml, yaml.value, queries) : yaml.faults;
    faults.push(...found);
    const served = found.length === 0 ? yaml.value : previous?.get(idOf(yaml.file));
    if (served) good.set(idOf(yaml.file), served);
  }
  return { good, faults };
}

function checkFigures(
  yaml: YamlFile<Parent>,
  { figures }: Parent,
  queries: ReadonlyMap<string, LoadedQuery>,
): FileFault[] {
  return Object.entries(figures).flatMap(([metric, figure]) => checkFigure(yaml, metric, figure, queries));
}

function checkFigure(
  yaml: YamlFile<Parent>,
  metric: string,
  figure: ParentFigure,
  queries: ReadonlyMap<string, LoadedQuery>,
): FileFault[] {
  if ('value' in figure) return [];
  const path = ['figures', metric];
  const query = queries.get(figure.query);
  if (!query)
    return [
      yaml.fault([...path, 'query'], `unknown query "${figure.query}"; ${choices(figure.query, queries.keys())}`),
    ];
  const faults = checkParams(query, figure.params, (name, message, on) =>
    yaml.fault([...path, 'params', name], message, on),
  );
  const { column } = figure;
  if (Object.hasOwn(query.rows, column) && query.rows[column]?.type === 'number') return faults;
  const fit = Object.entries(query.rows).flatMap(([name, { type }]) => (type === 'number' ? [name] : []));
  return [
    ...faults,
    yaml.fault([...path, 'column'], `"${column}" is no figure of query "${query.id}"; ${choices(column, fit)}`),
  ];
}

/** What a parent is told has to be a measure, in its unit: a parent of the same product knows it by that name. */
export function checkTold(yaml: YamlFile<Parent>, measures: UnitOfMetric): FileFault[] {
  return Object.entries(yaml.value?.figures ?? {}).flatMap(([metric, { value_unit }]) => {
    const unit = measures.get(metric);
    if (unit === undefined)
      return [
        yaml.fault(['figures', metric], `unknown metric "${metric}"; ${choices(metric, measures.keys(), 10)}`, 'key'),
      ];
    if (unit === value_unit) return [];
    return [yaml.fault(['figures', metric, 'value_unit'], `is "${value_unit}"; allowed: "${unit}", as in measures/`)];
  });
}
