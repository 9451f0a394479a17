import type { Rows } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';
import type { Point } from '../../map/link-arcs.ts';
import { spreadPoints } from '../../map/spread-points.ts';
import { SEVERITY_NAMES, severityName } from '../alerts/alert-view.ts';
import type { SeverityName } from '../alerts/alert-view.ts';
import type { PathValues } from '../fill-path.ts';
import { stepOf } from '../bars/bars-view.ts';
import type { Step } from '../bars/bars-view.ts';

/** Where a row is drawn, in pixels: where it says, or at the seat of its unit (`seated`); undefined when that is not on the map. */
export type PlaceOfRow = (row: Row) => { at: Point; seated: boolean } | undefined;

/** A thing on the map: a station, a camera, a site. */
export interface MapPoint {
  id: string;
  unit: string;
  /** As it is named where it is measured; empty where only its unit is known. */
  place: string;
  value: number | null;
  /** How bad it is: by a severity where the row has one, else by the steps of the metric; null when its value is missing. */
  step: Step | null;
  severity: SeverityName | null;
  at: Point;
  seated: boolean;
  /** The cells that its link is filled with. */
  row: PathValues;
}

/** Where rows are drawn: by their `latitude` and `longitude`, else by `seatOf` their `unit`. */
export function placeOfRows(
  place: (position: readonly [number, number]) => Point,
  seatOf: (code: string) => Point | undefined,
): PlaceOfRow {
  return (row) => {
    const [latitude, longitude] = [row.number('latitude'), row.number('longitude')];
    if (latitude !== null && longitude !== null) return { at: place([latitude, longitude]), seated: false };
    const at = seatOf(row.text('unit') ?? '');
    return at && { at, seated: true };
  };
}

/** The points of a result (`id`, `unit`, `value`; `place`, `severity`, `latitude`, `longitude` where it has them), the worst last: it is drawn over the others. `gap` is the least distance of those of one seat, in pixels. */
export function mapPoints(
  result: Rows | undefined,
  metric: Pick<Metric, 'limits' | 'good'>,
  placeOf: PlaceOfRow,
  gap: number,
): MapPoint[] {
  const points = readRows(result).flatMap((row): MapPoint[] => {
    const placed = placeOf(row);
    if (!placed) return [];
    const value = row.number('value');
    const severity = row.cell('severity') === null ? null : severityName(row.cell('severity'));
    const [id, unit, place] = [row.text('id') ?? '', row.text('unit') ?? '', row.text('place') ?? ''];
    return [{ id, unit, place, value, step: stepOf(value, metric), severity, ...placed, row: row.values() }];
  });
  return spreadPoints(points, gap).sort((one, other) => graveness(one) - graveness(other));
}

/** By its severity where it has one, else by its step. */
function graveness({ severity, step }: Pick<MapPoint, 'severity' | 'step'>): number {
  return severity === null ? (step ?? 0) : SEVERITY_NAMES.indexOf(severity);
}

/** The point nearest to a place, no further than `reach` pixels; of several the one drawn last. */
export function pointAt(points: readonly MapPoint[], at: Point, reach: number): MapPoint | undefined {
  let nearest: MapPoint | undefined;
  let least = reach;
  for (const point of points) {
    const away = Math.hypot(point.at.x - at.x, point.at.y - at.y);
    if (away <= least) [nearest, least] = [point, away];
  }
  return nearest;
}
