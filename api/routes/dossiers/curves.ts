import { z } from 'zod';
import { EMPTY_CURVE, mergeCurves, SHARE_BINS, type Curve, type Curves } from '#ingest/dossier/forecast.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Rows } from '../../contract.ts';
import type { Lens } from '../../lens.ts';
import { ownQuery } from '../../sql.ts';
import type { Params } from '../../store.ts';
import { toRecords } from '../records.ts';

/** How long a curve is used: what it is learnt from grows by the day. */
const FRESH_MS = 10 * 60_000;
/** Most curves of a procedure in a unit that are held, the oldest leave first. */
const MOST_HELD = 2_000;

const CurveSchema = z.object({
  procedure_code: z.string(),
  fates: z
    .string()
    .transform((fates) => fates.split(',').map(Number))
    .pipe(z.array(z.int()).length(SHARE_BINS + 1)),
});

/** The fates of curves.sql. */
export function curvesQuery(): LoadedQuery {
  return ownQuery('routes/dossiers/curves.sql', ['dossier'], {
    description: 'What became of dossiers whose promise has passed, by procedure',
    params: { procedure: { type: 'String', default: '' }, unit_path: { type: 'String', default: '' } },
    rows: { procedure_code: { type: 'text' }, fates: { type: 'text' } },
    max_rows: 10_000,
  });
}

/** The rows of curves.sql as curves by procedure code. */
export function readCurves(answer: Rows): Map<string, Curve> {
  return new Map(
    toRecords(answer).map((record) => {
      const { procedure_code, fates } = CurveSchema.parse(record);
      return [procedure_code, { in_time: fates.slice(0, SHARE_BINS), late: fates[SHARE_BINS] ?? 0 }];
    }),
  );
}

/** Which dossier is to be compared, and where its likes are looked for. */
export interface CurveAsk {
  lens: Lens;
  unit_path: string;
  procedure_code: string;
}

/** Gives the curves that a dossier is compared with. Throws what the store throws. */
export type CurvesOf = (asked: CurveAsk) => Promise<Curves>;

/**
 * Curves as they were learnt at most ten minutes ago. Those of all procedures of a scope are learnt together, that of a procedure in a unit by
 * itself. While they are learnt anew the old ones are given, so that nobody but the first waits.
 */
export function createCurves(options: {
  run: (params: Params, lens: Lens) => Promise<Rows>;
  clock: () => number;
}): CurvesOf {
  const held = new Map<string, { curves: Promise<Map<string, Curve>>; at: number }>();
  const learn = (key: string, params: Params, lens: Lens): Promise<Map<string, Curve>> => {
    const known = held.get(key);
    const now = options.clock();
    if (known && now - known.at < FRESH_MS) return known.curves;
    const curves = options.run(params, lens).then(readCurves);
    const [oldest] = held.keys();
    held.delete(key);
    if (held.size >= MOST_HELD && oldest !== undefined) held.delete(oldest);
    held.set(key, { curves, at: now });
    curves.catch(() => {
      // what failed is asked again by the next; until then the old curves stand
      if (known) held.set(key, { ...known, at: now });
      else held.delete(key);
    });
    return known ? known.curves : curves;
  };
  return async ({ lens, unit_path, procedure_code }) => {
    const [wide, narrow] = await Promise.all([
      learn(lens.scope, {}, lens),
      learn(`${lens.scope}\0${unit_path}\0${procedure_code}`, { procedure: procedure_code, unit_path }, lens),
    ]);
    const procedure = procedure_code === '' ? undefined : wide.get(procedure_code);
    const procedure_unit = procedure_code === '' ? undefined : narrow.get(procedure_code);
    return {
      all: [...wide.values()].reduce(mergeCurves, EMPTY_CURVE),
      ...(procedure && { procedure }),
      ...(procedure_unit && { procedure_unit }),
    };
  };
}
