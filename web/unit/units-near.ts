import type { UnitInfo } from '#api/contract.ts';

/** The units to choose from: from the root down to the present one, and those right below it. */
export function unitsNear(units: ReadonlyMap<string, UnitInfo>, code: string): { unit: UnitInfo; depth: number }[] {
  const trail: UnitInfo[] = [];
  for (let unit = units.get(code); unit !== undefined; unit = units.get(unit.parent ?? '')) trail.unshift(unit);
  const below = [...units.values()].filter((unit) => unit.parent === code);
  return [...trail.map((unit, depth) => ({ unit, depth })), ...below.map((unit) => ({ unit, depth: trail.length }))];
}
