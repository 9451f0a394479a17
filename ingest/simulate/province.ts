import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarSchema } from '../schema/calendar.ts';
import { StationsSchema, type Station } from '../schema/stations.ts';
import { createUnitIndex, type PlacedUnit } from '../schema/unit-index.ts';
import { UnitTreeSchema, type UnitTree } from '../schema/unit-tree.ts';
import { createWorkingTime, type WorkingTime } from '../dossier/working-time.ts';
import { LEVELS, loadHabits, readYaml, type Behaviour, type Habits, type Level, type Procedure } from './behaviour.ts';
import { around, choose, nameOf, stream, weigh, type Weighted } from './random.ts';

/** A unit that takes dossiers: what it handles and how late it tends to be. */
export interface Office {
  unit: PlacedUnit;
  level: Level;
  procedures: Weighted<Procedure>;
  /** Share of its dossiers that are late. */
  late: number;
  /** Mean lateness, working days. */
  overrun_days: number;
}

/** A stretch in which something is cut or silent; epoch ms, `to` not included. */
export interface Scene {
  kind: 'ring' | 'silence';
  /** The unit that the ring serves, or the unit that is silent (with all below it). */
  unit: string;
  from: number;
  to: number;
}

/** The province that is simulated: everything that its life depends on, and nothing that changes while it lives. */
export interface Province {
  seed: number;
  root: PlacedUnit;
  units: readonly PlacedUnit[];
  /** Where air is measured and vehicles are counted. */
  stations: readonly Station[];
  working: WorkingTime;
  behaviour: Behaviour;
  habits: Habits;
  /** Offices of each level by weight; a level without units is absent. */
  offices: ReadonlyMap<Level, Weighted<Office>>;
  /** Levels by their share of the dossiers. */
  levels: Weighted<Level>;
}

const LEVEL_OF: Partial<Record<PlacedUnit['type'], Level>> = {
  so_nganh: 'department',
  huyen: 'district',
  khu_vuc: 'district',
  xa: 'commune',
  phuong: 'commune',
  thi_tran: 'commune',
  dac_khu: 'commune',
};

/** The level of a unit; undefined for the province itself and for service centres, which take no dossiers of their own. */
export function levelOf(unit: PlacedUnit): Level | undefined {
  return LEVEL_OF[unit.type];
}

/** Reads a province from its unit tree, calendar and stations. Throws an Error that names the file and what is wrong in it. */
export async function loadProvince(options: { dashboards: string; province: string; seed: number }): Promise<Province> {
  const tree = await readYaml(join(options.dashboards, 'units', `${options.province}.yaml`), UnitTreeSchema);
  const calendar = await readYaml(join(options.dashboards, 'calendar', `${tree.calendar}.yaml`), CalendarSchema);
  const file = join(options.dashboards, 'stations', `${options.province}.yaml`);
  // a province need not have stations
  const { stations } = existsSync(file) ? await readYaml(file, StationsSchema) : { stations: [] };
  return createProvince(tree, createWorkingTime(calendar), await loadHabits(), options.seed, stations);
}

/** Builds a province from checked files. */
export function createProvince(
  tree: UnitTree,
  working: WorkingTime,
  habits: Habits,
  seed: number,
  stations: readonly Station[] = [],
): Province {
  const { root, units, resolve } = createUnitIndex(tree);
  const offices = new Map<Level, Weighted<Office>>();
  for (const level of LEVELS) {
    const all = units
      .filter((unit) => levelOf(unit) === level)
      .map((unit) => createOffice(unit, level, habits, seed))
      .filter((office) => office.procedures.items.length > 0);
    if (all.length > 0)
      offices.set(
        level,
        weigh(all, (office) => weightOf(office, habits.behaviour, units, seed)),
      );
  }
  const { levels } = habits.behaviour.dossiers;
  return {
    seed,
    root,
    units,
    // by the code of their unit, however the file names it
    stations: stations.map((station) => ({ ...station, unit: resolve(station.unit)?.code ?? station.unit })),
    working,
    behaviour: habits.behaviour,
    habits,
    offices,
    levels: weigh(
      LEVELS.filter((level) => offices.has(level)),
      (level) => levels[level].share,
    ),
  };
}

/** Chooses an office of a level. Throws when the level has none. */
export function chooseOffice({ offices }: Province, level: Level, at: number): Office {
  const choice = offices.get(level);
  if (!choice) throw new Error(`the province has no office of level ${level}`);
  return choose(choice, at);
}

/** Whether `code` is the unit or lies below it. */
export function isWithin(unit: PlacedUnit, code: string): boolean {
  return unit.path.includes(`/${code}/`);
}

function createOffice(unit: PlacedUnit, level: Level, habits: Habits, seed: number): Office {
  const habit = habitOf(unit, habits.behaviour);
  const draw = stream(seed, nameOf('office'), nameOf(unit.code));
  const own = habits.behaviour.units[unit.code] !== undefined;
  // a commune is somewhat better or worse than its district; a unit with values of its own has just those
  const late = own ? habit.late : habit.late * (1 + 0.8 * around(draw));
  return {
    unit,
    level,
    late,
    overrun_days: habit.overrun_days,
    procedures: weigh(
      habits.procedures.filter((procedure) => procedure.level === level && handles(unit, procedure)),
      (procedure) => procedure.weight,
    ),
  };
}

function handles(unit: PlacedUnit, { offices }: Procedure): boolean {
  return offices === undefined || offices.some((part) => unit.name.includes(part));
}

function habitOf(unit: PlacedUnit, { units, default_unit }: Behaviour): Behaviour['default_unit'] {
  const above = unit.path.split('/').filter((code) => code !== '');
  const named = above.toReversed().find((code) => units[code] !== undefined);
  return (named === undefined ? undefined : units[named]) ?? default_unit;
}

/** A department weighs what its procedures weigh; a commune has an equal part of its district's weight, give or take. */
function weightOf(office: Office, behaviour: Behaviour, units: readonly PlacedUnit[], seed: number): number {
  if (office.level === 'department') return office.procedures.sums.at(-1) ?? 0;
  const weight = habitOf(office.unit, behaviour).weight ?? 60;
  if (office.level === 'district') return weight;
  const siblings = units.filter((unit) => unit.parent === office.unit.parent && levelOf(unit) === 'commune').length;
  return (weight / siblings) * (1 + 0.8 * around(stream(seed, nameOf('size'), nameOf(office.unit.code))));
}
