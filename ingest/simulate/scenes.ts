import type { LinkPlan } from './link-plan.ts';
import { MINUTE_MS } from './local-time.ts';
import { levelOf, type Province, type Scene } from './province.ts';
import { nameOf, stream } from './random.ts';

/**
 * What a demonstration that starts at `now` opens with: rings that are cut and a centre that is silent, as `behaviour.yaml` says. A
 * province that does not have those units gets others of its own. Nothing begins before `floor`, up to which all has been told.
 *
 * @param known scenes of an earlier start; one that still goes on is not opened twice
 */
export function openScenes(
  province: Province,
  plan: LinkPlan,
  now: number,
  floor: number,
  known: readonly Scene[],
): Scene[] {
  const start = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const { cuts, silences } = province.behaviour.opening;
  const exists = (code: string) => province.units.some((unit) => unit.code === code);
  const rings = plan.rings.map((ring) => ring.unit);
  const sites = province.units.filter((unit) => levelOf(unit) === (rings.some(exists) ? 'district' : 'commune'));
  const pick = (code: string, others: readonly string[], n: number) =>
    exists(code) ? code : others[Math.floor(stream(province.seed, nameOf('scene'), n)() * others.length)];
  const written = [
    ...cuts.map((cut) => ({
      kind: 'ring' as const,
      code: cut.ring,
      others: rings,
      starts: cut.starts,
      lasts: cut.lasts,
    })),
    ...silences.map((silence) => ({
      kind: 'silence' as const,
      code: silence.unit,
      others: sites.map((unit) => unit.code),
      ...silence,
    })),
  ];
  return written.flatMap(({ kind, code, others, starts, lasts }, n) => {
    const unit = pick(code, others, n);
    const from = Math.max(floor, start + starts * MINUTE_MS);
    const to = start + (starts + lasts) * MINUTE_MS;
    const goesOn = known.some((scene) => scene.kind === kind && scene.unit === unit && scene.to > from);
    return unit === undefined || goesOn ? [] : [{ kind, unit, from, to }];
  });
}
