import { z } from 'zod';
import type { WorkingTime } from './working-time.ts';

/** A limit in which a dossier is to be done: `LoaiThoiGian` "Ngày", "Ngày làm việc" or "Giờ", and how many. */
export const LimitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('calendar_days'), amount: z.int().min(0) }),
  z.strictObject({ kind: z.literal('working_days'), amount: z.number().positive() }),
  z.strictObject({ kind: z.literal('hours'), amount: z.number().positive() }),
]);
export type Limit = z.infer<typeof LimitSchema>;

/**
 * The instant (epoch ms) by which a dossier received at `receivedAt` is to be done.
 *
 * The limit starts at the reception, or when the desk next works: after hours the next morning, at lunch the afternoon.
 * - `hours`: so many working hours later.
 * - `working_days`: so many times 8 working hours later. With the eight hours of a state office that is the same time of day on
 *   the nth working day; what starts with the morning is due at the close of the day before, which is the same working instant.
 *   A desk that works other hours, or on Saturday mornings, reaches the end of its 8 hours sooner or later: a day stays 8 hours.
 * - `calendar_days`: the close of business of the nth day after the starting day, or of the first working day after it. The
 *   starting day is not counted, and a limit that ends on a day off ends with the next working day (Bộ luật Dân sự 2015, điều
 *   147 khoản 2, điều 148 khoản 1 và 5); business closes before midnight, and nothing can be handed over after it.
 *
 * Later reception never gives an earlier due instant. Throws an Error when the calendar has no working time there.
 */
export function dueAt(limit: Limit, receivedAt: number, time: WorkingTime): number {
  switch (limit.kind) {
    case 'hours':
      return time.addHours(receivedAt, limit.amount);
    case 'working_days':
      return time.addDays(receivedAt, limit.amount);
    case 'calendar_days':
      return time.closeOf(time.dayOf(time.nextInstant(receivedAt)) + limit.amount);
  }
}
