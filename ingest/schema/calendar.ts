import { z } from 'zod';
import { TextSchema } from './unit-tree.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const span = z.tuple([clockTime, clockTime]);

/** ISO weekday (1 Monday … 7 Sunday) to its working spans; a weekday not named is off. */
export const WeekHoursSchema = z.partialRecord(
  z.enum(['1', '2', '3', '4', '5', '6', '7']),
  z.array(span).refine(runsForward, {
    message: 'spans of a day run forward, one after the other: [["07:00","11:30"],["13:30","17:00"]]',
  }),
);
export type WeekHours = z.infer<typeof WeekHoursSchema>;

/** A working calendar file. All times are local to `zone`. */
export const CalendarSchema = z.strictObject({
  name: TextSchema,
  zone: z.string(),
  hours: WeekHoursSchema,
  /** Units whose hours differ, by code; the nearest unit on the way up to the root decides, and its week replaces the whole week. */
  units: z.record(z.string().regex(/^[A-Z]\d{2}(\.\d{2,3})*$/), WeekHoursSchema).optional(),
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

function runsForward(spans: [string, string][]): boolean {
  const edges = spans.flat();
  return edges.every((edge, index) => index === 0 || (edges[index - 1] ?? '') < edge);
}
