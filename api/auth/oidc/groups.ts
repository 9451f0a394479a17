import { z } from 'zod';
import { readYaml } from '#dashboards/load/yaml-file.ts';
import { choices } from '#dashboards/load/suggest.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { ROLES, WHOLE_ROLES, type Role } from '../roles.ts';

/** What a member of a group is here; `unit` null is the whole province, else a canonical code. */
export interface GroupPlace {
  group: string;
  role: Role;
  unit: string | null;
}

/** The file that says what the groups of a provider are here. The order counts. */
const GroupsSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        group: z.string().min(1).max(256),
        role: z.enum(ROLES),
        unit: z.string().min(1).max(64).optional(),
      }),
    )
    .min(1),
});

/** Reads the text of a groups file. Never throws; with a fault there are no places at all: half a file opens no door. */
export function readGroups(
  file: string,
  text: string,
  units: UnitIndex,
): { places: readonly GroupPlace[]; faults: readonly FileFault[] } {
  const { value, faults: wrong, fault } = readYaml(file, text, GroupsSchema);
  if (!value) return { places: [], faults: wrong };
  const faults: FileFault[] = [];
  const seen = new Set<string>();
  const places = value.groups.map(({ group, role, unit: code }, index): GroupPlace => {
    const path = ['groups', index];
    if (seen.has(group)) faults.push(fault([...path, 'group'], `"${group}" is named twice; allowed: each group once`));
    seen.add(group);
    const unit = code === undefined ? undefined : units.byCode(code);
    const isWhole = WHOLE_ROLES.includes(role);
    if (code !== undefined && !unit) {
      const codes = units.units.map((each) => each.code);
      faults.push(fault([...path, 'unit'], `unknown unit "${code}"; ${choices(code, codes, 12)}`));
    } else if (isWhole && unit && unit.code !== units.root.code) {
      const others = ROLES.filter((other) => !WHOLE_ROLES.includes(other)).join(', ');
      faults.push(fault([...path, 'unit'], `${role} sees the whole province; allowed with a unit: ${others}`));
    } else if (!isWhole && !unit) faults.push(fault(path, `${role} is of a unit; allowed: unit: <code>`));
    return { group, role, unit: isWhole ? null : (unit?.code ?? null) };
  });
  return faults.length > 0 ? { places: [], faults } : { places, faults };
}

/** What somebody of these groups is: the first entry of the file that names one of them; undefined for nobody. */
export function placeOf(places: readonly GroupPlace[], groups: readonly string[]): GroupPlace | undefined {
  return places.find(({ group }) => groups.includes(group));
}
