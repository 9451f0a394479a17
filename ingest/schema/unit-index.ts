import { canonicalUnitCode } from './unit-code.ts';
import type { Unit, UnitTree } from './unit-tree.ts';

/** A unit with its place in the tree: `path` is `/H49/H49.02/`. */
export interface PlacedUnit extends Unit {
  path: string;
}

/** Finds units by code (either style), alias or name. */
export interface UnitIndex {
  root: PlacedUnit;
  units: readonly PlacedUnit[];
  byCode: (code: string) => PlacedUnit | undefined;
  /** The unit that a source means, whatever it wrote; undefined when it is not in the tree. */
  resolve: (text: string) => PlacedUnit | undefined;
  /** Where events of units that are not in the tree are kept, flagged: `/H49/?/`. */
  unknownPath: string;
}

/** Reading aid for names: one Unicode form, one case, single spaces. */
function folded(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase('vi').replace(/\s+/g, ' ').trim();
}

/**
 * Builds the index of a unit tree. Throws an Error that names the unit when a parent is missing, a code is double, or parents form a ring.
 */
export function createUnitIndex(tree: UnitTree): UnitIndex {
  const written = new Map<string, Unit>();
  for (const unit of tree.units) {
    if (written.has(unit.code)) throw new Error(`unit ${unit.code} stands twice`);
    written.set(unit.code, unit);
  }
  const placed = new Map<string, PlacedUnit>();
  const place = (unit: Unit, below: readonly string[]): PlacedUnit => {
    const known = placed.get(unit.code);
    if (known) return known;
    if (below.includes(unit.code)) throw new Error(`unit ${unit.code} is its own ancestor`);
    const parent = unit.parent === undefined ? undefined : written.get(unit.parent);
    if (unit.parent !== undefined && !parent) throw new Error(`unit ${unit.code} has an unknown parent ${unit.parent}`);
    if (!parent && unit.code !== tree.root)
      throw new Error(`unit ${unit.code} has no parent and is not the root ${tree.root}`);
    const above = parent ? place(parent, [...below, unit.code]).path : '/';
    const result = { ...unit, path: `${above}${unit.code}/` };
    placed.set(unit.code, result);
    return result;
  };
  for (const unit of tree.units) place(unit, []);
  const root = placed.get(tree.root);
  if (!root) throw new Error(`the root ${tree.root} is not among the units`);

  const names = new Map<string, PlacedUnit>();
  for (const unit of placed.values()) for (const alias of unit.aliases ?? []) names.set(folded(alias), unit);
  for (const unit of placed.values()) {
    const name = folded(unit.name);
    // a name that two units share resolves to none: a guess would put dossiers on the wrong desk
    if (names.has(name) && names.get(name) !== unit) names.delete(name);
    else names.set(name, unit);
  }
  return {
    root,
    units: [...placed.values()],
    byCode: (code) => placed.get(code),
    resolve: (text) => {
      const code = canonicalUnitCode(text);
      return (code === undefined ? undefined : placed.get(code)) ?? names.get(folded(text));
    },
    unknownPath: `${root.path}?/`,
  };
}
