import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Inventory } from '#ingest/schema/inventory.ts';
import type { FileFault } from '../schema/fault.ts';
import type { Topology } from '../schema/topology.ts';
import { choices } from './suggest.ts';
import type { Path, YamlFile } from './yaml-file.ts';

/** How many names a message gives: a province has hundreds of units and links. */
const MOST = 5;

/** Checks a topology against the unit tree of the same name: that units and rings are there, names stand once, and nothing hangs from itself. */
export function checkTopology(yaml: YamlFile<Topology>, units: UnitIndex | undefined): readonly FileFault[] {
  const topology = yaml.value;
  if (!topology) return yaml.faults;
  if (!units) return [yaml.fault([], 'there is no unit tree of this name; allowed: the name of a file of units/')];
  return [
    ...unknownUnits(yaml, topology, units),
    ...unknownRings(yaml, topology),
    ...doubles(yaml, 'rings', topology.rings),
    ...doubles(yaml, 'links', topology.links),
    ...circlesOfRings(yaml, topology),
    ...circlesOfUnits(yaml, topology, units),
  ];
}

/** Checks the lines that an inventory names against the topology: both must mean the same links. */
export function checkInventoryLinks(yaml: YamlFile<Inventory>, topology: Topology | undefined): readonly FileFault[] {
  if (!yaml.value || !topology) return [];
  const known = topology.links.map(({ id }) => id);
  return yaml.value.devices.flatMap(({ links = [] }, index) =>
    links.flatMap(({ id }, place) =>
      known.includes(id)
        ? []
        : [
            yaml.fault(
              ['devices', index, 'links', place, 'id'],
              `unknown link "${id}" in topology/; ${choices(id, known, MOST)}`,
            ),
          ],
    ),
  );
}

type Yaml = YamlFile<Topology>;

function unknownUnits(yaml: Yaml, { centre, rings, links }: Topology, units: UnitIndex): FileFault[] {
  const named: { unit: string | undefined; path: Path }[] = [
    { unit: centre, path: ['centre'] },
    ...rings.map(({ unit }, index) => ({ unit, path: ['rings', index, 'unit'] })),
    ...links.flatMap(({ unit, from }, index) => [
      { unit, path: ['links', index, 'unit'] },
      { unit: from, path: ['links', index, 'from'] },
    ]),
  ];
  const codes = units.units.map(({ code }) => code);
  return named.flatMap(({ unit, path }) =>
    unit === undefined || units.resolve(unit)
      ? []
      : [yaml.fault(path, `unknown unit "${unit}"; ${choices(unit, codes, MOST)}`)],
  );
}

function unknownRings(yaml: Yaml, { rings, links }: Topology): FileFault[] {
  const known = rings.map(({ id }) => id);
  const named = [
    ...rings.map(({ behind }, index) => ({ ring: behind, path: ['rings', index, 'behind'] })),
    ...links.map(({ ring }, index) => ({ ring, path: ['links', index, 'ring'] })),
  ];
  return named.flatMap(({ ring, path }) =>
    ring === undefined || known.includes(ring)
      ? []
      : [yaml.fault(path, `unknown ring "${ring}"; ${choices(ring, known, MOST)}`)],
  );
}

function doubles(yaml: Yaml, part: 'rings' | 'links', all: readonly { id: string }[]): FileFault[] {
  const first = new Map<string, number>();
  return all.flatMap(({ id }, index) => {
    const other = first.get(id);
    if (other === undefined) first.set(id, index);
    return other === undefined
      ? []
      : [yaml.fault([part, index, 'id'], `"${id}" stands twice, also as ${part}[${other}]; allowed: each once`)];
  });
}

function circlesOfRings(yaml: Yaml, { rings }: Topology): FileFault[] {
  const behind = new Map(rings.map(({ id, behind: above }) => [id, above === undefined ? [] : [above]]));
  return rings.flatMap(({ id }, index) =>
    reaches(id, behind)
      ? [
          yaml.fault(
            ['rings', index, 'behind'],
            `ring "${id}" is behind itself; allowed: a way that ends at the centre`,
          ),
        ]
      : [],
  );
}

/** A unit whose link hangs from a unit that is reached by way of the first would never be reached from the centre. */
function circlesOfUnits(yaml: Yaml, { centre, links }: Topology, units: UnitIndex): FileFault[] {
  const code = (text: string): string => units.resolve(text)?.code ?? text;
  const root = code(centre);
  const above = new Map<string, string[]>();
  for (const { unit, from } of links)
    if (from !== undefined && code(from) !== root)
      above.set(code(unit), [...(above.get(code(unit)) ?? []), code(from)]);
  return links.flatMap(({ unit, from }, index) =>
    from !== undefined && reaches(code(unit), above)
      ? [yaml.fault(['links', index, 'from'], `"${unit}" hangs from itself; allowed: a way that ends at the centre`)]
      : [],
  );
}

/** Whether the way up from a name leads back to it. */
function reaches(name: string, above: ReadonlyMap<string, readonly string[]>): boolean {
  const passed = new Set<string>();
  const open = [...(above.get(name) ?? [])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === name) return true;
    if (passed.has(at)) continue;
    passed.add(at);
    open.push(...(above.get(at) ?? []));
  }
  return false;
}
