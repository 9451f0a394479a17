import type { Metric } from '#dashboards/schema/metric.ts';
import { MISSING } from '../../format/format.ts';
import type { Formats } from '../../format/format.ts';
import type { LinkArc, Point } from '../../map/link-arcs.ts';
import { placeLabels } from '../../map/place-labels.ts';
import type { Box, PlacedLabel } from '../../map/place-labels.ts';
import { stepOf } from '../bars/bars-view.ts';

/** A unit on the map: where its seat is, and its value (null: missing; undefined: the query has no row for it). */
export interface MapSeat {
  code: string;
  name: string;
  at: Point;
  value: number | null | undefined;
}

/** A label ready to draw: its lines from the top, and where. */
export interface MapLabel extends PlacedLabel {
  name: string;
  /** The second line: the value, or what is written for a missing one, and the links lost; empty when all is calm. */
  note: string;
}

/** Values from this step on are written beside the name; calmer ones are told by the area's colour alone. */
const WRITTEN_FROM_STEP = 3;
/** More seats than this cannot all be named: then only those are that have something to say. */
const NAMED_AT_MOST = 40;
/** More points than this are everywhere: no label could keep off them. */
const AVOIDED_AT_MOST = 200;
const LINE = 1.12;
const DOT_U = 8;

/** How large the marks of seats are drawn, of their full size: so many that they would cover the areas are smaller. */
export const seatScale = (seats: number): number => Math.min(1, Math.max(0.5, Math.sqrt(NAMED_AT_MOST / seats)));

/** How much a seat has to say: cut links before missing values before bad ones. */
function rankOf(seat: MapSeat, step: number | null, down: boolean): number {
  const missing = seat.value === null || seat.value === undefined;
  return (down ? 100 : 0) + (missing ? 35 : (step ?? 0) * 10) + (seat.value ?? 0) / 1000;
}

/** The value of a seat, where it says more than the area's colour. */
function valueOf(seat: MapSeat, step: number | null, metric: Metric, formats: Formats): string {
  if (seat.value === null || seat.value === undefined) return MISSING;
  if (metric.limits && (step ?? 0) < WRITTEN_FROM_STEP) return '';
  return `${formats.value(seat.value, metric)}${metric.format === 'percent' ? ' %' : ''}`;
}

/** Labels of the seats, none of which meets another, a seat or an obstacle. Sizes are in pixels; `u` is one wall unit. */
export function mapLabels(
  seats: readonly MapSeat[],
  arcs: readonly LinkArc[],
  metric: Metric,
  options: {
    u: number;
    bounds: Box;
    obstacles: readonly Box[];
    /** Points of the map, which labels keep off where there is other room. */
    points?: readonly Point[];
    size: number;
    width: (text: string) => number;
    formats: Formats;
    /** `mất 14`: so many links are down. */
    lost: (links: number) => string;
  },
): MapLabel[] {
  const { u, size, width, formats, points = [] } = options;
  const down = new Map(arcs.filter((arc) => arc.down > 0).map((arc) => [arc.to, arc]));
  const written = new Map(
    seats.map((seat) => {
      const step = stepOf(seat.value ?? null, metric);
      const arc = down.get(seat.code);
      const notes = [valueOf(seat, step, metric, formats), arc ? options.lost(arc.down) : ''];
      return [seat.code, { seat, step, note: notes.filter((note) => note !== '').join(' · ') }];
    }),
  );
  const isNamed = ({ note }: { note: string }) => seats.length <= NAMED_AT_MOST || note !== '';
  const wishes = [...written.values()].filter(isNamed).map(({ seat, step, note }) => {
    const name = { width: width(seat.name) + 4 * u, height: size * LINE };
    return {
      id: seat.code,
      ...seat.at,
      width: Math.max(name.width, note === '' ? 0 : width(note) + 4 * u),
      height: name.height * (note === '' ? 1 : 2),
      ...(note === '' ? {} : { short: name }),
      rank: rankOf(seat, step, down.get(seat.code)?.cut === true),
    };
  });
  const radius = DOT_U * u * seatScale(seats.length);
  const dot = (at: Point): Box => ({ x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius });
  const placed = placeLabels(wishes, {
    bounds: options.bounds,
    obstacles: options.obstacles,
    soft: [...seats.map(({ at }) => at), ...(points.length <= AVOIDED_AT_MOST ? points : [])].map(dot),
    gap: radius + 6 * u,
  });
  return placed.map((label) => {
    const found = written.get(label.id);
    return { ...label, name: found?.seat.name ?? '', note: label.full ? (found?.note ?? '') : '' };
  });
}
