import { z } from 'zod';
import { EntryMetricSchema } from '#ingest/schema/entry.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/**
 * States of dossiers that a stated figure can be held against. Received ones are those accepted in the period, finished ones those finished
 * in it, open ones (paused, overdue) those that stood so at its end.
 */
export const COUNTED_STATES = [
  'received',
  'finished',
  'finished_early',
  'finished_on_time',
  'finished_late',
  'open',
  'open_overdue',
  'paused',
] as const;

/** A figure that somebody states, by the metric of its entry, and what people call it. */
export const StatedFigureSchema = z.strictObject({ metric: EntryMetricSchema, name: TextSchema });
export type StatedFigure = z.output<typeof StatedFigureSchema>;

/** What is counted of the feed of dossiers. */
export const DossierCountSchema = z.strictObject({
  state: z.enum(COUNTED_STATES),
  /** 1 at the desk, 2 online, 3 by post; all when absent. */
  channel: z.int().min(1).max(3).optional(),
});
export type DossierCount = z.output<typeof DossierCountSchema>;

const common = {
  name: TextSchema,
  /** What is compared with what, in one or two sentences a head of unit would accept. */
  definition: TextSchema,
  /** The unit of measure: `hồ sơ`, `%`. Shares are from 0 to 100. */
  unit: TextSchema,
  decimals: z.int().min(0).max(3).default(0),
  /** Greatest difference that still agrees, in the unit of measure: what rounding makes. */
  tolerance: z.number().min(0).default(0),
};

/** A reconciliation file `reconciliations/<id>.yaml`: a stated figure, and what it has to agree with. */
export const ReconciliationSchema = z.discriminatedUnion('kind', [
  /** A total and its parts, stated for the same unit. */
  z.strictObject({
    kind: z.literal('sum'),
    ...common,
    stated: StatedFigureSchema,
    parts: z.array(StatedFigureSchema).min(2),
  }),
  /** A figure of a unit and the same figure of the units right below it. */
  z.strictObject({ kind: z.literal('units'), ...common, stated: StatedFigureSchema }),
  /** A share in percent: `part` of `whole`. `not_of` are wholes that it is mistaken to be of. */
  z.strictObject({
    kind: z.literal('share'),
    ...common,
    stated: StatedFigureSchema,
    part: StatedFigureSchema,
    whole: StatedFigureSchema,
    not_of: z.array(StatedFigureSchema).default([]),
  }),
  /** A figure and our own count of dossiers; with `of`, the share in percent of one count in another. */
  z.strictObject({
    kind: z.literal('ours'),
    ...common,
    stated: StatedFigureSchema,
    /** The rule set by which dossiers are judged. */
    rule: z.enum(['province', '766']).default('province'),
    count: DossierCountSchema,
    of: DossierCountSchema.optional(),
  }),
]);
export type WrittenReconciliation = z.input<typeof ReconciliationSchema>;
export type Reconciliation = z.output<typeof ReconciliationSchema>;

/** Every figure that a reconciliation names, the stated one first, with where it stands in the file. */
export function namedFigures(rule: Reconciliation): { figure: StatedFigure; path: (string | number)[] }[] {
  const listed = (key: string, figures: readonly StatedFigure[]) =>
    figures.map((figure, index) => ({ figure, path: [key, index] }));
  const stated = { figure: rule.stated, path: ['stated'] };
  if (rule.kind === 'sum') return [stated, ...listed('parts', rule.parts)];
  if (rule.kind !== 'share') return [stated];
  return [
    stated,
    { figure: rule.part, path: ['part'] },
    { figure: rule.whole, path: ['whole'] },
    ...listed('not_of', rule.not_of),
  ];
}
