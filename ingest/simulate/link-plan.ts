import type { PlacedUnit } from '../schema/unit-index.ts';
import { levelOf, type Province } from './province.ts';
import { around, nameOf, stream } from './random.ts';

/** One line of the dedicated data network (TSLCD): from the data centre to a unit. */
export interface Line {
  id: string;
  unit: PlacedUnit;
  ring: string;
  /** Latency on a quiet day, ms. */
  latency_ms: number;
  capacity_bps: number;
  /** How much likelier than others it fails: small and far units have the worse lines. */
  frailty: number;
}

/** A ring: its lines go down together when it is cut. */
export interface Ring {
  id: string;
  /** The unit that it serves. */
  unit: string;
}

/** The network of a province. */
export interface LinkPlan {
  lines: readonly Line[];
  rings: readonly Ring[];
  /** The only line of each unit that has no second one: while it is down the unit is cut off. */
  lifelines: ReadonlyMap<string, number>;
}

/** Communes on one ring where there are no districts to give them one. */
const RING_SIZE = 12;
const CORE = 'vong-tinh';
const RESERVE = 'truc-du-phong';

/**
 * Plans the lines: one for every unit, a line for each district's party body, second lines for districts and departments, then party
 * bodies of the province until the total is reached. A province with more units than the total has one line each.
 */
export function planLinks(province: Province): LinkPlan {
  const { units, root, behaviour } = province;
  const of = (level: string) => units.filter((unit) => levelOf(unit) === level);
  const districts = of('district');
  const communes = of('commune');
  const core = units.filter((unit) => unit !== root && (levelOf(unit) === 'department' || levelOf(unit) === undefined));
  const rings = districts.length > 0 ? districts.map((unit) => ringOf(unit)) : chunks(communes, RING_SIZE).map(ringOf);
  const ringIds = new Map<string, string>();
  if (districts.length > 0)
    for (const unit of [...districts, ...communes]) ringIds.set(unit.code, ringFor(unit, rings));
  else chunks(communes, RING_SIZE, (unit, n) => ringIds.set(unit.code, rings[n]?.id ?? CORE));

  const line = (unit: PlacedUnit, suffix: string, ring: string) => createLine(province.seed, unit, suffix, ring);
  const ringId = (unit: PlacedUnit) => ringIds.get(unit.code) ?? CORE;
  const first = [...districts, ...communes, ...core].map((unit) => line(unit, '', ringId(unit)));
  const more = [
    ...districts.map((unit) => line(unit, '-huyen-uy', ringId(unit))),
    ...[...districts, ...core].map((unit) => line(unit, '-2', RESERVE)),
  ];
  const room = Math.max(0, behaviour.links.total - first.length);
  const seconds = more.slice(0, room);
  const bodies = Array.from({ length: room - seconds.length }, (_, n) =>
    line(root, `-dang-${String(n + 1).padStart(2, '0')}`, CORE),
  );
  const lines = [...first, ...seconds, ...bodies];
  const reserved = new Set(lines.filter((each) => each.ring === RESERVE).map((each) => each.unit.code));
  return {
    lines,
    rings,
    lifelines: new Map(first.flatMap((each, n) => (reserved.has(each.unit.code) ? [] : [[each.unit.code, n]]))),
  };
}

function ringOf(unit: PlacedUnit): Ring {
  return { id: `vong-${slug(unit.short)}`, unit: unit.code };
}

function ringFor(unit: PlacedUnit, rings: readonly Ring[]): string {
  return rings.find((ring) => unit.path.includes(`/${ring.unit}/`))?.id ?? CORE;
}

/** The first unit of every `size`; `each` is told the number of the chunk of every unit. */
function chunks(
  units: readonly PlacedUnit[],
  size: number,
  each?: (unit: PlacedUnit, chunk: number) => void,
): PlacedUnit[] {
  units.forEach((unit, n) => each?.(unit, Math.floor(n / size)));
  return units.filter((_, n) => n % size === 0);
}

function createLine(seed: number, unit: PlacedUnit, suffix: string, ring: string): Line {
  const draw = stream(seed, nameOf('line'), nameOf(unit.code + suffix));
  const commune = levelOf(unit) === 'commune';
  return {
    id: `tslcd-${unit.code}${suffix}`,
    unit,
    ring,
    latency_ms: (commune ? 9 : 4) * (1 + 0.5 * around(draw)),
    capacity_bps: commune ? 20e6 : 100e6,
    frailty: (commune ? 1.3 : 0.5) * (0.4 + 1.2 * draw()),
  };
}

/** A name as it is written in an identifier: `Vân Đồn` is `van-don`. */
export function slug(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
