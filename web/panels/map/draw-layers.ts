import { pulseOpacity } from '../../map/pulse-ring.ts';
import type { Palette } from '../../theme/read-palette.ts';
import { severityShape } from '../severity-shapes.ts';
import type { Step } from '../bars/bars-view.ts';
import type { MapPoint } from './map-points.ts';
import type { MapPulse } from './map-pulses.ts';

/** What layers use of a canvas. */
export type Paper = Pick<
  CanvasRenderingContext2D,
  | 'globalAlpha'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'beginPath'
  | 'arc'
  | 'fill'
  | 'stroke'
  | 'save'
  | 'translate'
  | 'scale'
  | 'restore'
>;

/** What is drawn with: one wall unit in pixels, and the colours of the theme. */
export interface LayerLook {
  u: number;
  palette: Palette;
}

/** Radius of a point by its step, in wall units: what is worse is greater too, for who cannot tell the colours apart. */
const RADIUS_U: Readonly<Record<Step, number>> = { 1: 5, 2: 6, 3: 7, 4: 9, 5: 11 };
const MISSING_U = 5;
/** Least distance of points that share a seat, in wall units. */
export const POINT_GAP_U = 15;
/** Radius of a ring, in wall units. */
export const RING_U = 21;
const TURN = 2 * Math.PI;

/** Draws points: discs by step, the shape of a severity where there is one, an empty ring where the value is missing. */
export function drawPoints(context: Paper, points: readonly MapPoint[], look: LayerLook): void {
  const { u, palette } = look;
  context.lineWidth = 2 * u;
  for (const { at, step, severity } of points) {
    if (severity !== null) {
      drawShape(context, at.x, at.y, severity, look);
      continue;
    }
    context.beginPath();
    context.arc(at.x, at.y, (step === null ? MISSING_U : RADIUS_U[step]) * u, 0, TURN);
    context.fillStyle = (step === null ? undefined : palette.steps[step - 1]) ?? palette.panel;
    // the border parts a point from an area of its own colour
    context.strokeStyle = step === null ? palette.text2 : palette.text;
    context.fill();
    context.stroke();
  }
}

function drawShape(
  context: Paper,
  x: number,
  y: number,
  severity: NonNullable<MapPoint['severity']>,
  { u, palette }: LayerLook,
): void {
  const shape = new Path2D(severityShape(severity));
  context.save();
  context.translate(x - 10 * u, y - 10 * u);
  context.scale(u, u);
  context.fillStyle = palette[severity];
  context.strokeStyle = palette.text;
  context.fill(shape);
  context.lineWidth = 2;
  context.stroke(shape);
  context.restore();
}

/** Draws the rings of what happened, as they are at `now` (epoch ms). */
export function drawPulses(
  context: Paper,
  pulses: readonly MapPulse[],
  { u, palette, now, lasts_ms }: LayerLook & { now: number; lasts_ms: number },
): void {
  context.lineWidth = 4 * u;
  for (const { at, t, severity } of pulses) {
    context.globalAlpha = pulseOpacity(now - t, lasts_ms);
    context.strokeStyle = severity === null ? palette.alarm : palette[severity];
    context.beginPath();
    context.arc(at.x, at.y, RING_U * u, 0, TURN);
    context.stroke();
  }
  context.globalAlpha = 1;
}
