import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** Names of an address that mean something else on a wall, or to a link: no variable is called so. */
export const TAKEN_NAMES = ['unit', 'scope', 'own', 'at', 'figure', 'rota', 'every', 'takeover', 'theme', 'lang'];

const ChoiceSchema = z.strictObject({
  /** What the parameters that name the variable get. */
  value: z.union([z.number(), z.string()]),
  name: TextSchema,
});

/** What whoever looks at a board chooses for all panels that name it. The choice is kept in the address: `?period=30`. */
const VariableSchema = z.strictObject({
  title: TextSchema,
  choices: z.array(ChoiceSchema).min(2).max(8),
  /** The value where the address says none, or none of `choices`. */
  default: z.union([z.number(), z.string()]),
});
export type Variable = z.output<typeof VariableSchema>;

/** The variables of a board, by name. */
export const VariablesSchema = z
  .record(z.string().regex(/^[a-z][a-z0-9]*$/), VariableSchema)
  .refine((all) => Object.keys(all).length <= 4, 'more than 4 variables; allowed: up to 4');
