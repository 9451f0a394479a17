import type { FileFault } from '../schema/fault.ts';
import type { Metric } from '../schema/metric.ts';
import type { YamlFile } from './yaml-file.ts';

/** Checks what the schema of a metric cannot say. */
export function checkMetric(yaml: YamlFile<Metric>): { metric: Metric | undefined; faults: readonly FileFault[] } {
  const metric = yaml.value;
  if (!metric) return { metric: undefined, faults: yaml.faults };
  const [first = 0, ...rest] = metric.limits ?? [];
  const sign = metric.good === 'up' ? -1 : 1;
  let last = first;
  for (const [index, limit] of rest.entries()) {
    if ((limit - last) * sign <= 0) {
      const order = metric.good === 'up' ? 'falling, because up is good' : 'rising';
      const fault = yaml.fault(['limits', index + 1], `${limit} is out of order; allowed: four limits, ${order}`);
      return { metric: undefined, faults: [fault] };
    }
    last = limit;
  }
  return { metric, faults: [] };
}
