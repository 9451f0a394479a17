import { z } from 'zod';
import { pointsOfKeeping, type Figures766 } from '#ingest/dossier/index-766.ts';
import type { IndexFix } from '../../contract-index.ts';
import type { Rows } from '../../contract.ts';
import type { Place } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { toRecords } from '../records.ts';

const FixSchema = z.object({
  kind: z.enum(['all', 'procedure', 'unit']),
  key: z.string(),
  label: z.string(),
  overdue: z.number(),
  due_soon: z.number(),
});

/**
 * The rows of to-fix.sql with the points that hang on them. Units become codes; the scope itself and units that are not in the tree are left out,
 * because the desk has no list of just theirs.
 */
export function readFixes(answer: Rows, { units, unit }: Place, figures: Figures766): IndexFix[] {
  const codes = codesByPath(units);
  return toRecords(answer).flatMap((record): IndexFix[] => {
    const fix = FixSchema.parse(record);
    const key = fix.kind === 'unit' ? codes.get(fix.key) : fix.key;
    if (key === undefined || (fix.kind === 'unit' && key === unit.code)) return [];
    const lost = pointsOfKeeping(figures, -fix.due_soon);
    return [
      {
        ...fix,
        key,
        overdue_points: pointsOfKeeping(figures, fix.overdue),
        // 0 less it, not its negative: nothing is 0, never -0
        due_soon_points: lost === null ? null : 0 - lost,
      },
    ];
  });
}
