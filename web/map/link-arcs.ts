import type { Rows, UnitInfo } from '#api/contract.ts';
import { readRows } from '../live/rows.ts';

/** The links between two seats, drawn as one arc. */
export interface LinkArc {
  id: string;
  from: string;
  to: string;
  /** Number of links that it stands for, and how many of them are down. */
  links: number;
  down: number;
  /** True when what connects the place is cut: a link of its own, or the whole ring that serves it. */
  cut: boolean;
}

/** The nearest unit that has a seat, from a unit upwards; undefined when none has, or the unit is not in the tree. */
export function seatedUnit(code: string, units: ReadonlyMap<string, UnitInfo>): UnitInfo | undefined {
  let unit = units.get(code);
  while (unit && unit.seat === null) unit = unit.parent === null ? undefined : units.get(unit.parent);
  return unit;
}

function samePlace(one: UnitInfo, other: UnitInfo): boolean {
  return one.seat !== null && other.seat !== null && one.seat[0] === other.seat[0] && one.seat[1] === other.seat[1];
}

/**
 * Gathers links (rows of `link_id`, `from_unit`, `to_unit`, `up`: 1 up, 0 down, missing unknown;
 * a row may stand for `total` links of which `down` are down) into arcs between seats: the links of
 * communes without a seat of their own are those of their district. A link of which nobody says where it begins comes from the root's seat.
 * Links that begin and end at one seat have no arc.
 */
export function linkArcs(result: Rows | undefined, units: ReadonlyMap<string, UnitInfo>): LinkArc[] {
  const arcs = new Map<string, LinkArc>();
  const root = [...units.values()].find(({ parent, seat }) => parent === null && seat !== null);
  for (const row of readRows(result)) {
    const from = seatedUnit(row.text('from_unit') ?? '', units) ?? root;
    const to = seatedUnit(row.text('to_unit') ?? '', units);
    if (!from || !to || samePlace(from, to)) continue;
    const id = `${from.code}>${to.code}`;
    const arc = arcs.get(id) ?? { id, from: from.code, to: to.code, links: 0, down: 0, cut: false };
    const cut = row.number('up') === 0;
    arc.links += row.number('total') ?? 1;
    arc.down += row.number('down') ?? (cut ? 1 : 0);
    arc.cut ||= cut;
    arcs.set(id, arc);
  }
  return [...arcs.values()];
}

/** More arcs than this are a tangle in which none can be followed. */
const DRAWN_AT_MOST = 60;

/** The arcs to draw: all, or where they are too many those that are cut. */
export function drawnArcs(arcs: readonly LinkArc[]): readonly LinkArc[] {
  return arcs.length <= DRAWN_AT_MOST ? arcs : arcs.filter(({ cut }) => cut);
}

/** A point in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** The `d` of an SVG path from one point to another, bent to its left by a fifth of its length, so that arcs to one place part. */
export function arcPath(from: Point, to: Point): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const bend = dx >= 0 ? 0.2 : -0.2;
  const x = (from.x + to.x) / 2 + dy * bend;
  const y = (from.y + to.y) / 2 - dx * bend;
  const show = (value: number): string => value.toFixed(1);
  return `M${show(from.x)} ${show(from.y)}Q${show(x)} ${show(y)} ${show(to.x)} ${show(to.y)}`;
}
