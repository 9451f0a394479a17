import type { Feed } from '#ingest/schema/feed.ts';
import type { Field, ReadingMapping, ReadingRule } from '#ingest/schema/reading-mapping.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { FileFault } from '../schema/fault.ts';
import type { Measures } from '../schema/measure.ts';
import { choices } from './suggest.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** The unit of measure of each metric that readings may have: `air.pm25` to `ug/m3`. */
export type UnitOfMetric = ReadonlyMap<string, string>;

/** Metrics and their units of measure, of the files of `measures/` by their names. */
export function unitsOfMetrics(
  files: Iterable<readonly [domain: string, measures: Measures | undefined]>,
): UnitOfMetric {
  return new Map(
    [...files].flatMap(([domain, file]) =>
      Object.entries(file?.measures ?? {}).map(([name, { unit }]): [string, string] => [`${domain}.${name}`, unit]),
    ),
  );
}

/** Checks what the schema of a feed cannot say: that a province has the units that it names, and that its metrics are known, in their units of measure. */
export function checkFeed(
  yaml: YamlFile<Feed>,
  provinces: readonly UnitIndex[],
  metrics: UnitOfMetric,
): readonly FileFault[] {
  const feed = yaml.value;
  if (!feed) return yaml.faults;
  const codes = provinces.flatMap(({ units }) => units.map(({ code }) => code));
  const unit = (text: string | undefined, at: Path): FileFault[] =>
    text === undefined || provinces.length === 0 || provinces.some((units) => units.resolve(text))
      ? []
      : [yaml.fault(at, `unknown unit "${text}"; ${choices(text, codes, 10)}`)];
  const named = unit(feed.unit, ['unit']);
  if (feed.kind === 'tail') return [...yaml.faults, ...named];
  return [...yaml.faults, ...named, ...unitsIn(feed.mapping, unit), ...metricsIn(yaml, feed.mapping, metrics)];
}

function unitsIn({ unit: field }: ReadingMapping, check: (text: string, at: Path) => FileFault[]): FileFault[] {
  if (!field) return [];
  return textsOf(field).flatMap(({ text, at }) => check(text, ['mapping', 'unit', ...at]));
}

/** The texts that a field says itself. */
function textsOf({ text, words }: Field): { text: string; at: Path }[] {
  return [
    ...(text === undefined ? [] : [{ text, at: ['text'] }]),
    ...Object.entries(words ?? {}).map(([word, meant]) => ({ text: meant, at: ['words', word] })),
  ];
}

function metricsIn(yaml: YamlFile<Feed>, { readings }: ReadingMapping, metrics: UnitOfMetric): FileFault[] {
  const check = (rule: ReadingRule, index: number, metric: string, at: Path): FileFault[] => {
    const unit = metrics.get(metric);
    const place = ['mapping', 'readings', index];
    if (unit === undefined)
      return [yaml.fault([...place, ...at], `unknown metric "${metric}"; ${choices(metric, metrics.keys(), 10)}`)];
    if (unit === rule.value_unit) return [];
    const message = `${metric} is kept in ${unit}, not in "${rule.value_unit}"; allowed: ${unit}, with a scale`;
    return [yaml.fault([...place, 'value_unit'], message)];
  };
  return readings.flatMap((rule, index) => [
    ...(rule.metric === undefined ? [] : check(rule, index, rule.metric, ['metric'])),
    ...Object.entries(rule.metric_from?.words ?? {}).flatMap(([word, metric]) =>
      check(rule, index, metric, ['metric_from', 'words', word]),
    ),
  ]);
}
