import type { FileFault } from '../schema/fault.ts';
import { namedFigures, type Reconciliation } from '../schema/reconciliation.ts';
import { idOf } from './read-folder.ts';
import type { YamlFile } from './yaml-file.ts';

/** A name of a metric, and the file that gave it. */
interface Named {
  file: string;
  text: string;
}

/**
 * Checks what the schema of reconciliations cannot say: a rule names a figure once, and a metric has one name in all files, because it is one
 * figure wherever it is shown. Of two files that disagree the later one is at fault. `previous` is served where a file is broken.
 */
export function checkReconciliations(
  files: readonly YamlFile<Reconciliation>[],
  previous: ReadonlyMap<string, Reconciliation> | undefined,
): { good: Map<string, Reconciliation>; faults: FileFault[] } {
  const names = new Map<string, Named>();
  const good = new Map<string, Reconciliation>();
  const faults: FileFault[] = [];
  for (const yaml of files) {
    const found = yaml.value ? checkOne(yaml, yaml.value, names) : yaml.faults;
    faults.push(...found);
    const served = found.length === 0 ? yaml.value : previous?.get(idOf(yaml.file));
    if (served) good.set(idOf(yaml.file), served);
  }
  return { good, faults };
}

function checkOne(yaml: YamlFile<Reconciliation>, rule: Reconciliation, names: Map<string, Named>): FileFault[] {
  const faults: FileFault[] = [];
  const own = new Set<string>();
  for (const { figure, path } of namedFigures(rule)) {
    const { metric, name } = figure;
    const text = `${name.vi} / ${name.en}`;
    const known = names.get(metric) ?? { file: yaml.file, text };
    if (own.has(metric))
      faults.push(yaml.fault([...path, 'metric'], `metric "${metric}" stands twice; allowed: each figure once`));
    else if (known.text !== text)
      faults.push(
        yaml.fault([...path, 'name'], `metric "${metric}" is named otherwise in ${known.file}; allowed: ${known.text}`),
      );
    own.add(metric);
    names.set(metric, known);
  }
  return faults;
}
