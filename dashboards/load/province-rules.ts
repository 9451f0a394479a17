import type { Calendar } from '#ingest/schema/calendar.ts';
import type { Inventory } from '#ingest/schema/inventory.ts';
import { createUnitIndex, type UnitIndex } from '#ingest/schema/unit-index.ts';
import type { UnitTree } from '#ingest/schema/unit-tree.ts';
import type { FileFault } from '../schema/fault.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

/** Checks a unit tree: that it is one tree, and that its calendar and map are there. The index is given when it is a tree. */
export function checkUnits(
  yaml: YamlFile<UnitTree>,
  calendars: Iterable<string>,
  maps: Iterable<string>,
): { units: UnitIndex | undefined; faults: readonly FileFault[] } {
  const tree = yaml.value;
  if (!tree) return { units: undefined, faults: yaml.faults };
  const faults: FileFault[] = [];
  const known = { calendar: [...calendars], map: [...maps] };
  for (const key of ['calendar', 'map'] as const)
    if (!known[key].includes(tree[key]))
      faults.push(yaml.fault([key], `unknown ${key} "${tree[key]}"; ${choices(tree[key], known[key])}`));
  try {
    return { units: createUnitIndex(tree), faults };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = /\bunit (\S+)/.exec(message)?.[1];
    const index = tree.units.findLastIndex((unit) => unit.code === code);
    const path = index === -1 ? ['root'] : ['units', index];
    faults.push(
      yaml.fault(path, `${message}; allowed: one tree below the root, each code once, each parent among the units`),
    );
    return { units: undefined, faults };
  }
}

/** Checks an inventory against the unit tree of the same name: that it is there, and has the unit of each device. */
export function checkInventory(yaml: YamlFile<Inventory>, units: UnitIndex | undefined): readonly FileFault[] {
  if (!yaml.value) return yaml.faults;
  if (!units) return [yaml.fault([], 'there is no unit tree of this name; allowed: the name of a file of units/')];
  const named = yaml.value.devices.flatMap(({ unit, links = [] }, index) => [
    { unit, path: ['devices', index, 'unit'] },
    ...links.map((link, place) => ({ unit: link.unit, path: ['devices', index, 'links', place, 'unit'] })),
    ...links.flatMap(({ from_unit }, place) =>
      from_unit === undefined ? [] : [{ unit: from_unit, path: ['devices', index, 'links', place, 'from_unit'] }],
    ),
  ]);
  const codes = units.units.map(({ code }) => code);
  return named.flatMap(({ unit, path }) =>
    units.resolve(unit) ? [] : [yaml.fault(path, `unknown unit "${unit}"; ${choices(unit, codes)}`)],
  );
}

/** Checks what the schema of a calendar cannot say: a real zone, days off that end after they begin. */
export function checkCalendar(yaml: YamlFile<Calendar>): {
  calendar: Calendar | undefined;
  faults: readonly FileFault[];
} {
  const calendar = yaml.value;
  if (!calendar) return { calendar: undefined, faults: yaml.faults };
  const faults: FileFault[] = [];
  if (!isZone(calendar.zone))
    faults.push(yaml.fault(['zone'], `unknown zone "${calendar.zone}"; allowed: a zone such as Asia/Ho_Chi_Minh`));
  for (const [index, year] of calendar.years.entries()) {
    for (const [day, { from, to }] of year.off.entries())
      if (from > to)
        faults.push(
          yaml.fault(['years', index, 'off', day], `${from} to ${to} is out of order; allowed: from not after to`),
        );
  }
  return { calendar: faults.length === 0 ? calendar : undefined, faults };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
