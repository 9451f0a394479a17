import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Somebody on duty, and how they are reached. */
export const PersonSchema = z.strictObject({
  name: z.string().min(1),
  /** Account of the product. */
  account: z.string().min(1).optional(),
  email: z.email().optional(),
  phone: z.string().min(1).optional(),
  /** Ids of their conversations with the province's bots. */
  zalo: z.string().min(1).optional(),
  telegram: z.string().min(1).optional(),
});
export type Person = z.output<typeof PersonSchema>;

/** A shift: on which days (ISO, 1 Monday … 7 Sunday) it begins, and from when to when; one that ends before it begins ends the next day. */
export const ShiftSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  name: TextSchema,
  days: z.array(z.int().min(1).max(7)).min(1),
  from: clockTime,
  to: clockTime,
  who: z.array(z.string().min(1)).min(1),
});
export type Shift = z.output<typeof ShiftSchema>;

/** A roster file `rosters/<id>.yaml`: who is on duty when, in the province's time. Somebody is on duty at every minute of the week unless `gaps` are meant. */
export const RosterSchema = z.strictObject({
  name: TextSchema,
  people: z.record(z.string().regex(/^[a-z0-9][a-z0-9-]*$/), PersonSchema),
  shifts: z.array(ShiftSchema).min(1),
  gaps: z.boolean().default(false),
});
export type WrittenRoster = z.input<typeof RosterSchema>;
export type Roster = z.output<typeof RosterSchema>;
