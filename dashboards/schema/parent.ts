import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { DurationSchema } from './alert-rule.ts';
import { QueryUseSchema } from './board.ts';

/** Names an environment variable that holds the token which the parent gave. By its beginning the supervisor knows that only the API may have it. */
const VariableSchema = z
  .string()
  .max(128)
  .regex(/^PARENT_[A-Z0-9_]+$/, 'is no name of a variable of parents: PARENT_ and capital letters');

const value_unit = z.string().min(1).max(32).default('1');

/** A figure that is told: a number that always holds, or what a query gives for the whole of this installation. */
const FigureSchema = z.union([
  z.strictObject({ value: z.number(), value_unit }),
  QueryUseSchema.extend({
    /** The column of the first row: lists are cut, so their rows are not counted. */
    column: z.string(),
    value_unit,
  }).strict(),
]);
export type ParentFigure = z.output<typeof FigureSchema>;

/**
 * A parent file `parents/<id>.yaml`: an operations centre above this one, and the aggregates that it is told, as readings of its ingest. Neither
 * dossiers nor people leave the installation.
 */
export const ParentSchema = z.strictObject({
  name: TextSchema,
  enabled: z.boolean().default(true),
  /** Where its ingest is reached: `https://ioc.example.vn:8081`. */
  url: z.url({ protocol: /^https?$/ }),
  token_env: VariableSchema,
  /** The unit that this centre is of, as the parent knows it. */
  unit: z.string().min(1).max(64),
  /** By what this centre is called in the parent's tables. */
  place: z.string().min(1).max(200),
  /** From one telling to the next: instants that can be divided by it. */
  every: DurationSchema.refine((ms) => ms >= 10_000, 'is too short; allowed: 10s and longer').default(300_000),
  /** How far back it is told what it missed. */
  catch_up: DurationSchema.default(86_400_000),
  figures: z
    .record(z.string().regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/), FigureSchema)
    .refine((figures) => Object.keys(figures).length > 0, 'no figure; allowed: at least one'),
});
export type Parent = z.output<typeof ParentSchema>;
