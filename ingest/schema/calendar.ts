import { z } from 'zod';
import { TextSchema } from './unit-tree.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = z.tuple([clockTime, clockTime]);

/** A working calendar file. All times are local to `zone`. */
export const CalendarSchema = z.strictObject({
  name: TextSchema,
  zone: z.string(),
  /** ISO weekday (1 Monday … 7 Sunday) to its working spans; a weekday not named is off. */
  hours: z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7']), z.array(span)),
  /** Days off and swapped working days (làm bù), each with the decision that it comes from. */
  years: z.array(
    z.strictObject({
      year: z.int(),
      decision: z.string(),
      /** `certain`: announced; `expected`: by law, swaps not announced yet. */
      status: z.enum(['certain', 'expected']),
      off: z.array(z.strictObject({ from: z.iso.date(), to: z.iso.date(), name: z.string() })),
      work: z.array(z.strictObject({ on: z.iso.date(), for: z.iso.date(), name: z.string() })),
    }),
  ),
});
export type Calendar = z.infer<typeof CalendarSchema>;
