import { z } from 'zod';
import type { EventRow } from './event.ts';

/**
 * Types of the intake family, in which the product says how its sources are: what came by an entry since the last report (`report`, four a minute), how
 * a source is against its own limit (`source`, as often), that it fell silent (`silent`) or speaks again (`heard`), and that a dead
 * letter, named by its key, was sent once more and stored (`redriven`).
 */
export const INTAKE_TYPES = [
  'intake.report',
  'intake.source',
  'intake.silent',
  'intake.heard',
  'intake.redriven',
] as const;

const count = z.number().min(0);
const optional = count.nullable().optional();

/**
 * `data` of an event of the intake. The envelope's `subject` tells apart what is reported of: an entry (`syslog`, of a further collector `syslog@second`), a sender at an entry (`eve/suricata-01`), a source that is watched (`security/suricata-01`).
 * Counts are those of the period; null or absent where nobody counts.
 */
export const IntakeDataSchema = z.strictObject({
  /** The entry that it came by, of a report; else empty. */
  entry: z.string().max(64).default(''),
  /** The source; empty in the report of an entry as a whole. */
  name: z.string().max(256).default(''),
  /** The family of the source's events; empty in a report. */
  of_family: z.string().max(64).default(''),
  period_ms: optional,
  /** Records that came, whatever became of them. */
  received: optional,
  accepted: optional,
  duplicate: optional,
  rejected: optional,
  /** Came and were not kept: the queue was at its bound, or they were empty or too large. */
  dropped: optional,
  /** Datagrams that the kernel dropped before anybody read them. */
  kernel_dropped: optional,
  /** Were kept with something wrong about them. */
  faulty: optional,
  queue_bytes: optional,
  queue_limit_bytes: optional,
  /** Age of the oldest that waits for the store. */
  oldest_ms: optional,
  /** Longest silence that is usual for the source. */
  limit_ms: optional,
  /** When the source was last heard: RFC 3339. */
  heard_at: z.iso.datetime({ offset: true }).nullable().optional(),
  is_silent: z.boolean().default(false),
  /** What is wrong: `store_away`, `spool_full`; empty when nothing is. */
  error: z.string().max(64).default(''),
});
export type IntakeData = z.output<typeof IntakeDataSchema>;

/** A row of `log.intake_event`. Instants are epoch milliseconds; null where nobody counts. */
export interface IntakeEventRow extends EventRow {
  entry: string;
  name: string;
  of_family: string;
  period_ms: number | null;
  received: number | null;
  accepted: number | null;
  duplicate: number | null;
  rejected: number | null;
  dropped: number | null;
  kernel_dropped: number | null;
  faulty: number | null;
  queue_bytes: number | null;
  queue_limit_bytes: number | null;
  oldest_ms: number | null;
  limit_ms: number | null;
  heard_at: number | null;
  is_silent: 0 | 1;
  error: string;
}
