import type { ProbeFile } from '#ingest/schema/probe.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { FileFault } from '../schema/fault.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** Checks what the schema of probes cannot say: that a province has the units that they name. */
export function checkProbes(yaml: YamlFile<ProbeFile>, provinces: readonly UnitIndex[]): readonly FileFault[] {
  if (!yaml.value || provinces.length === 0) return yaml.faults;
  const codes = provinces.flatMap(({ units }) => units.map(({ code }) => code));
  const named = yaml.value.targets.flatMap((target, index) => [
    { unit: target.unit, path: ['targets', index, 'unit'] },
    ...(target.kind === 'reach' && target.from_unit !== undefined
      ? [{ unit: target.from_unit, path: ['targets', index, 'from_unit'] }]
      : []),
  ]);
  return [
    ...yaml.faults,
    ...named.flatMap(({ unit, path }) =>
      provinces.some((units) => units.resolve(unit))
        ? []
        : [yaml.fault(path, `unknown unit "${unit}"; ${choices(unit, codes, 10)}`)],
    ),
  ];
}
