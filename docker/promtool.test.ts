import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { evaluateRule, type Instances } from '#api/alerts/evaluate-rule.ts';
import { answerOf, stateOf, testRule } from '#api/alerts/test-rule.ts';
import { sharedData } from '#ingest/shared-data.ts';

const MINUTE_MS = 60_000;
const folder = sharedData('alerting', process.env['SHARED_DATA']);
const ScenariosSchema = z.array(
  z.object({
    id: z.number(),
    kind: z.enum(['dense', 'gaps']),
    for_min: z.number(),
    keep_firing_for_min: z.number(),
    series: z.record(z.string(), z.array(z.union([z.number(), z.enum(['_', 'stale'])]))),
    expected_state_by_minute: z.array(z.record(z.string(), z.string())),
  }),
);
type Scenario = z.output<typeof ScenariosSchema>[number];

/** What the query of a series sees at a minute: its newest sample, of the last `lookback` minutes, unless it was said to be gone since. */
function seenAt(points: Scenario['series'][string], minute: number, lookback: number): number | undefined {
  for (let ago = 0; ago < lookback && ago <= minute; ago++) {
    const point = points[minute - ago];
    if (point === 'stale') return undefined;
    if (typeof point === 'number') return point;
  }
  return undefined;
}

/** The first minute at which a scenario comes out otherwise than promtool says; undefined when there is none. */
function firstDifference(
  { for_min, keep_firing_for_min, series, expected_state_by_minute }: Scenario,
  lookback: number,
): number | undefined {
  // prettier-ignore
  const rule = testRule({ for: `${for_min}m`, keep_firing_for: `${keep_firing_for_min}m` });
  let instances: Instances = new Map();
  const difference = expected_state_by_minute.findIndex((expected, minute) => {
    const rows: Record<string, number> = {};
    for (const [name, points] of Object.entries(series)) {
      const seen = seenAt(points, minute, lookback);
      if (seen !== undefined) rows[name] = seen;
    }
    instances = evaluateRule(rule, instances, answerOf(rows), minute * MINUTE_MS).after;
    return Object.keys(series).some((name) => {
      const state = stateOf(instances, name);
      // Prometheus says firing of what it keeps firing
      return (state === 'recovering' ? 'firing' : state) !== (expected[name] ?? 'normal');
    });
  });
  return difference === -1 ? undefined : difference;
}

describe.skipIf(folder === undefined)('beside promtool', () => {
  const scenarios = () =>
    ScenariosSchema.parse(JSON.parse(readFileSync(join(folder ?? '', 'promtool-for.json'), 'utf8')));
  const wrong = (kind: Scenario['kind'], lookback: number) =>
    scenarios().filter((one) => one.kind === kind && firstDifference(one, lookback) !== undefined);

  it('agrees minute by minute on all 39 dense scenarios', () => {
    expect(scenarios().filter(({ kind }) => kind === 'dense')).toHaveLength(39);
    expect(wrong('dense', 1).map(({ id }) => id)).toEqual([]);
  });

  it('agrees on all 20 with gaps where the query looks back five minutes, as Prometheus does and readings-now by fresh_s', () => {
    expect(scenarios().filter(({ kind }) => kind === 'gaps')).toHaveLength(20);
    expect(wrong('gaps', 6).map(({ id }) => id)).toEqual([]);
  });
});
