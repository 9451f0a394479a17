// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { testLook } from '../../test-look.ts';
import { PANEL_KINDS } from '../panels.ts';
import { drawPoints, drawPulses } from './draw-layers.ts';
import type { Paper } from './draw-layers.ts';
import { mapPoints, placeOfRows, pointAt } from './map-points.ts';
import { mapPulses } from './map-pulses.ts';

const NOW = Date.parse('2026-11-21T02:41:27Z');
const metric = testMetric({ limits: [25, 50, 75, 100], good: 'down' });
/** A degree is ten pixels; two units have seats. */
const seats: Readonly<Record<string, { x: number; y: number }>> = { 'H49.01': { x: 100, y: 100 }, 'H49.02': { x: 400, y: 50 } }; // prettier-ignore
const placeOf = placeOfRows(
  ([latitude, longitude]) => ({ x: longitude * 10, y: latitude * 10 }),
  (code) => seats[code],
);

describe('points of a map', () => {
  const columns = ['id', 'unit', 'place', 'value', 'latitude', 'longitude', 'severity'];
  const points = (rows: (string | number | null)[][]) => mapPoints({ columns, rows }, metric, placeOf, 15);

  it('stand where they say, else about the seat of their unit; those that are nowhere are left out', () => {
    const found = points([
      ['a', 'H49.01', 'Trạm A', 30, 20, 30, null],
      ['b', 'H49.02', 'Trạm B', 10, null, null, null],
      ['c', 'H48', 'Trạm C', 10, null, null, null],
    ]);
    expect(found.map(({ id }) => id)).toEqual(['b', 'a']);
    expect(found[1]?.at).toEqual({ x: 300, y: 200 });
    expect(Math.hypot((found[0]?.at.x ?? 0) - 400, (found[0]?.at.y ?? 0) - 50)).toBeLessThan(20);
  });

  it('are drawn the worst last, those without a value first', () =>
    expect(
      points([
        ['a', 'H49.01', '', 120, 1, 1, null],
        ['b', 'H49.01', '', null, 2, 2, null],
        ['c', 'H49.01', '', 60, 3, 3, null],
      ]).map(({ id, step }) => [id, step]),
    ).toEqual([
      ['b', null],
      ['c', 3],
      ['a', 5],
    ]));

  it('are as grave as their severity says, where they have one', () =>
    expect(
      points([
        ['a', 'H49.01', '', 1, 1, 1, 'critical'],
        ['b', 'H49.01', '', 60, 2, 2, 'low'],
      ]).map(({ id }) => id),
    ).toEqual(['b', 'a']));

  it('are found where the mouse is, the nearest, and not from afar', () => {
    const found = points([
      ['a', 'H49.01', '', 1, 1, 1, null],
      ['b', 'H49.01', '', 1, 1, 2, null],
    ]);
    expect(pointAt(found, { x: 16, y: 10 }, 14)?.id).toBe('b');
    expect(pointAt(found, { x: 60, y: 60 }, 14)).toBeUndefined();
  });

  it('without an area make a map that is not empty', () => {
    const rows = { key: 'k', seq: 1, at: NOW, query_ms: 1, failure: null, columns, rows: [['a', 'H49', '', 4, 1, 1, null]] }; // prettier-ignore
    expect(PANEL_KINDS.map.isBlank({ main: { ...rows, rows: [] } })).toBe(true);
    expect(PANEL_KINDS.map.isBlank({ main: { ...rows, rows: [] }, points: rows })).toBe(false);
  });
});

describe('rings of a map', () => {
  const columns = ['id', 't', 'unit', 'severity'];
  const since = NOW - 600_000;

  it('are one a place, of the newest event, as grave as the gravest', () => {
    const rows = [
      ['a', NOW - 1_000, 'H49.01', 1],
      ['b', NOW - 9_000, 'H49.01', 4],
      ['c', NOW - 700_000, 'H49.01', 4],
      ['d', NOW - 700_000, 'H49.02', 4],
    ];
    expect(mapPulses({ columns, rows }, placeOf, since)).toEqual([
      { t: NOW - 1_000, severity: 'critical', at: { x: 100, y: 100 } },
    ]);
  });

  it('are the same nothing while nothing happens', () =>
    expect(mapPulses(undefined, placeOf, since)).toBe(mapPulses({ columns, rows: [] }, placeOf, since + 1000)));
});

/** A canvas that notes what is drawn: `arc` with its radius, opacity and colours. */
function paper() {
  const drawn: { radius: number; opacity: number; stroke: unknown; fill: unknown }[] = [];
  const nothing = (): void => undefined;
  const context: Paper = {
    globalAlpha: 1,
    strokeStyle: '',
    fillStyle: '',
    lineWidth: 1,
    ...{ beginPath: nothing, fill: nothing, stroke: nothing, save: nothing, translate: nothing, scale: nothing },
    restore: nothing,
    arc: (_x, _y, radius) => {
      drawn.push({ radius, opacity: context.globalAlpha, stroke: context.strokeStyle, fill: context.fillStyle });
    },
  };
  return { context, drawn };
}

describe('what is drawn', () => {
  const { palette } = testLook();
  const at = { x: 10, y: 10 };

  it('is greater the worse a point is, and empty where it has no value', () => {
    const { context, drawn } = paper();
    const base = { id: 'a', unit: 'H49', place: '', value: 1, severity: null, at, seated: false, row: {} };
    const steps = [null, 1, 2, 3, 4, 5] as const;
    drawPoints(context, steps.map((step) => ({ ...base, step })), { u: 2, palette }); // prettier-ignore
    const radii = drawn.map(({ radius }) => radius);
    expect(radii.slice(1)).toEqual(radii.slice(1).toSorted((one, other) => one - other));
    expect(new Set(radii.slice(1)).size).toBe(5);
    expect(radii[1]).toBe(10);
  });

  it('is a ring that fades, in the colour of its severity', () => {
    const pulses = [
      { t: NOW - 1_500, severity: 'critical' as const, at },
      { t: NOW - 300_000, severity: null, at },
    ];
    const { context, drawn } = paper();
    drawPulses(context, pulses, { u: 1, palette, now: NOW, lasts_ms: 600_000 });
    expect(drawn.map(({ stroke }) => stroke)).toEqual([palette.critical, palette.alarm]);
    expect(drawn[0]?.opacity).toBeGreaterThan(drawn[1]?.opacity ?? 1);
  });
});
