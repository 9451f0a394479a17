import type { Stations } from '#ingest/schema/stations.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { FileFault } from '../schema/fault.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** How many names a message gives: a province has hundreds of units. */
const MOST = 5;

/** Checks the stations of a province against the unit tree of the same name and the domains of `measures/`: that both are there, and a place of a unit stands once. */
export function checkStations(
  yaml: YamlFile<Stations>,
  units: UnitIndex | undefined,
  domains: readonly string[],
): readonly FileFault[] {
  if (!yaml.value) return yaml.faults;
  if (!units) return [yaml.fault([], 'there is no unit tree of this name; allowed: the name of a file of units/')];
  const codes = units.units.map(({ code }) => code);
  const first = new Map<string, number>();
  return yaml.value.stations.flatMap(({ unit, place, domain }, index) => {
    if (!domains.includes(domain))
      return [
        yaml.fault(['stations', index, 'domain'], `unknown domain "${domain}"; ${choices(domain, domains, MOST)}`),
      ];
    const code = units.resolve(unit)?.code;
    if (code === undefined)
      return [yaml.fault(['stations', index, 'unit'], `unknown unit "${unit}"; ${choices(unit, codes, MOST)}`)];
    const other = first.get(`${code} ${place}`);
    if (other === undefined) first.set(`${code} ${place}`, index);
    return other === undefined
      ? []
      : [
          yaml.fault(
            ['stations', index, 'place'],
            `"${place}" of ${code} stands twice, also as stations[${other}]; allowed: each once`,
          ),
        ];
  });
}
