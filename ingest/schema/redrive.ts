import { z } from 'zod';

/** A dead letter that is to be sent once more. */
export const LetterSchema = z.strictObject({
  letter_key: z.guid(),
  entry: z.string(),
  source: z.string(),
  /** Code of the unit that it was of; empty when that is not known. */
  unit: z.string(),
  payload: z.string(),
  simulated: z.union([z.literal(0), z.literal(1)]),
  /** Code of the unit that its sender may speak for; empty: every unit. */
  within: z.string(),
});
export type Letter = z.output<typeof LetterSchema>;

/** The body of `POST /v1/redrive`. */
export const RedriveRequestSchema = z.strictObject({ letters: z.array(LetterSchema).min(1).max(500) });

/**
 * What became of a letter: `mended` when all that it holds is stored (`accepted` of it new), `refused` again, or `impossible` to send again: it was cut, or
 * came by an entry that keeps too little of how it came.
 */
export const RedrivenSchema = z.strictObject({
  letter_key: z.string(),
  fate: z.enum(['mended', 'refused', 'impossible']),
  accepted: z.int(),
  duplicate: z.int(),
  code: z.string(),
  reason: z.string(),
});
export type Redriven = z.output<typeof RedrivenSchema>;

/** The reply of `POST /v1/redrive`, in the order of the letters. */
export const RedriveReplySchema = z.strictObject({ letters: z.array(RedrivenSchema) });
