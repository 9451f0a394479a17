import type { Cell, Diff, Snapshot } from '#api/contract.ts';
import type { Panel } from '#dashboards/schema/board.ts';
import { testMetric, testSnapshot } from '../../test-board.ts';

/** What is drawn: nothing, a map of many points and rings, or many long lines. */
export const SCENES = ['empty', 'map', 'series'] as const;
export type Scene = (typeof SCENES)[number];

export const POINTS = 2_000;
export const PULSES = 200;
export const SERIES = 10;
export const INSTANTS = 1_000;
/** How many of the points and rings change in a second. */
const CHANGED = { points: 100, pulses: 5 } as const;
const MINUTE_MS = 60_000;

const both = (text: string) => ({ vi: text, en: text });
const base = { title: both('Vẽ'), question: both('Có mượt không?'), metric: 'm', sources: ['reading' as const], stale_after_s: 600, at: { x: 0, y: 0, w: 1, h: 1 } }; // prettier-ignore
const use = { query: 'q', params: {} };
const COLORS = ['in', 'out', 'neutral', 'warn', 'alarm', 'low', 'medium', 'high', 'critical', 'unclassified'] as const;
const ids = COLORS.map((color, n) => ({ id: `s${n}`, name: both(`đường ${n}`), color }));

/** The panel of a scene, and the query of each of its roles. */
export const PANELS: Record<Exclude<Scene, 'empty'>, { panel: Panel; keys: Record<string, string> }> = {
  map: {
    panel: { kind: 'map', ...base, options: {}, queries: { main: use, points: { ...use, name: both('điểm') }, pulses: { ...use, name: both('mới'), lasts_s: 600 } } }, // prettier-ignore
    keys: { main: 'areas', points: 'points', pulses: 'pulses' },
  },
  series: {
    panel: {
      kind: 'series',
      ...base,
      queries: { main: use },
      options: { series: ids.slice(0, SERIES), limits: false },
    },
    keys: { main: 'lines' },
  },
};
export const METRIC = testMetric({ limits: [20, 40, 60, 80], good: 'down' });

/** The same numbers in each run, from 0 to 1. */
function draws(): () => number {
  let state = 1;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** What a server would send: first all rows, then each second what has changed. */
export interface Source {
  first: (now: number) => Snapshot[];
  next: (now: number, seq: number) => Diff[];
}

const diffOf = (key: string, now: number, seq: number, length: number, set: Diff['set']): Diff => ({
  ...{ key, seq, at: now, query_ms: 1, failure: null },
  ...{ length, set },
});

/** Rows for a map of these units (codes), whose points lie about `centre` (latitude, longitude). */
export function mapSource(units: readonly string[], centre: readonly [number, number]): Source {
  const draw = draws();
  const around = (middle: number, by: number): number => middle + by * (draw() - 0.5);
  const unitOf = (n: number): string => units[n % units.length] ?? '';
  const point = (n: number): Cell[] => {
    const place = n % 2 === 0 ? [around(centre[0], 0.5), around(centre[1], 1.2)] : [null, null];
    return [`p${n}`, unitOf(n), `Điểm ${n}`, Math.round(100 * draw()), ...place];
  };
  const pulse = (n: number, t: number): Cell[] => [`e${n}`, t, unitOf(n), 1 + (n % 4), around(centre[0], 0.5), around(centre[1], 1.2)]; // prettier-ignore
  const points = Array.from({ length: POINTS }, (_, n) => point(n));
  return {
    first: (now) => [
      testSnapshot('areas', ['unit', 'value'], units.map((unit, n) => [unit, (n * 7) % 100]), { at: now }), // prettier-ignore
      testSnapshot('points', ['id', 'unit', 'place', 'value', 'latitude', 'longitude'], points, { at: now }),
      testSnapshot('pulses', ['id', 't', 'unit', 'severity', 'latitude', 'longitude'], Array.from({ length: PULSES }, (_, n) => pulse(n, now - n * 1_000)), { at: now }), // prettier-ignore
    ],
    next: (now, seq) => [
      diffOf('points', now, seq, POINTS, Array.from({ length: CHANGED.points }, (_, n) => {
        const at = (seq * CHANGED.points + n) % POINTS;
        const [id = null, unit = null, place = null, , ...where] = points[at] ?? [];
        return [at, [id, unit, place, Math.round(100 * draw()), ...where]];
      })), // prettier-ignore
      diffOf('pulses', now, seq, PULSES, Array.from({ length: CHANGED.pulses }, (_, n) => {
        const at = (seq * CHANGED.pulses + n) % PULSES;
        return [at, pulse(at, now)];
      })), // prettier-ignore
    ],
  };
}

/** Rows of lines over time, whose newest values grow; a minute an instant. */
export function seriesSource(): Source {
  const draw = draws();
  const rows = (now: number): Cell[][] =>
    ids.slice(0, SERIES).flatMap(({ id }, line) =>
      Array.from({ length: INSTANTS }, (_, n): Cell[] => {
        const t = Math.floor(now / MINUTE_MS) * MINUTE_MS - (INSTANTS - 1 - n) * MINUTE_MS;
        return [t, id, Math.round(100 + 10 * line + 40 * Math.sin(n / 40 + line) + 30 * draw())];
      }),
    );
  let held: Cell[][] = [];
  return {
    first: (now) => [testSnapshot('lines', ['t', 'series', 'value'], (held = rows(now)), { at: now })],
    next: (now, seq) => [
      diffOf('lines', now, seq, held.length, Array.from({ length: SERIES }, (_, line) => {
        const at = (line + 1) * INSTANTS - 1;
        return [at, [held[at]?.[0] ?? 0, `s${line}`, 100 + Math.round(100 * draw())]];
      })), // prettier-ignore
    ],
  };
}
