import { z } from 'zod';
import type { EventResult } from './metrics.ts';
import { eventKey } from './pipeline/event-key.ts';
import { intakeRow } from './pipeline/rows/intake.ts';
import { INTAKE_TYPES, IntakeDataSchema, type IntakeEventRow } from './schema/intake.ts';
import { OWN_SOURCE } from './schema/own-source.ts';

/** How often each process reports, in milliseconds. */
export const REPORT_MS = 15_000;
/** Sources that are told apart in one report: what a sender may name freely must not grow without bound. */
const MOST_SOURCES = 300;

/** Counts of one source by one entry since they were last taken. */
export interface SourceCounts {
  entry: string;
  name: string;
  accepted: number;
  duplicate: number;
  rejected: number;
}

/** Counts what becomes of events, by entry and source. */
export interface IntakeTally {
  count: (source: string, entry: string, result: EventResult, count: number) => void;
  /** What was counted since it was last taken; sources beyond the bound are one, named by dots. */
  take: () => SourceCounts[];
  /** Puts back what could not be stored. */
  giveBack: (counts: readonly SourceCounts[]) => void;
}

/** Makes the tally of a process. */
export function createIntakeTally(): IntakeTally {
  let counts = new Map<string, SourceCounts>();
  const of = (entry: string, source: string): SourceCounts => {
    const isNew = !counts.has(`${entry}\0${source}`);
    const name = isNew && counts.size >= MOST_SOURCES ? '…' : source;
    const key = `${entry}\0${name}`;
    const found = counts.get(key) ?? { entry, name, accepted: 0, duplicate: 0, rejected: 0 };
    counts.set(key, found);
    return found;
  };
  return {
    count: (source, entry, result, count) => {
      // what is dropped on purpose was taken
      of(entry, source)[result === 'dropped' ? 'accepted' : result] += count;
    },
    take: () => {
      const taken = [...counts.values()];
      counts = new Map();
      return taken;
    },
    giveBack: (taken) => {
      for (const { entry, name, accepted, duplicate, rejected } of taken) {
        const into = of(entry, name);
        into.accepted += accepted;
        into.duplicate += duplicate;
        into.rejected += rejected;
      }
    },
  };
}

/** An event of the intake before it is a row: `at` in epoch ms. It belongs to the province as a whole. */
export const IntakeRecordSchema = z.strictObject({
  type: z.enum(INTAKE_TYPES),
  subject: z.string(),
  /** Who reports: `ingest` or `collector`. */
  process: z.string(),
  at: z.number(),
  data: IntakeDataSchema,
});
export type IntakeRecord = z.input<typeof IntakeRecordSchema>;

/** The row of an event of the intake: the same subject, type and instant are the same event, whenever it is received (epoch ms). */
export function intakeRowOf(record: IntakeRecord, received_at = record.at): IntakeEventRow {
  const { type, subject, process, at, data } = IntakeRecordSchema.parse(record);
  const id = `${type}:${subject}:${at}`;
  const source = `${OWN_SOURCE}/${process}`;
  const place = { unit: '', unit_path: '', simulated: 0 } as const;
  const row = { event_key: eventKey(source, id), id, source, type, subject, observed_at: at, received_at, ...place };
  return intakeRow(row, data);
}

/** The reports of a period of `period_ms`: a row for each source that sent, and one for each entry that is `known` beside them. */
export function reportsOf(
  counts: readonly SourceCounts[],
  moment: Pick<IntakeRecord, 'process' | 'at'>,
  period_ms: number,
  known: readonly string[] = [],
): IntakeRecord[] {
  const of = ({ entry, name, accepted, duplicate, rejected }: SourceCounts): IntakeRecord => ({
    ...moment,
    type: 'intake.report',
    subject: name === '' ? entry : `${entry}/${name}`,
    data: { entry, name, period_ms, accepted, duplicate, rejected, received: accepted + duplicate + rejected },
  });
  const entries = new Map<string, SourceCounts>(
    known.map((entry) => [entry, { entry, name: '', accepted: 0, duplicate: 0, rejected: 0 }]),
  );
  for (const one of counts) {
    const sum = entries.get(one.entry);
    if (!sum) continue;
    sum.accepted += one.accepted;
    sum.duplicate += one.duplicate;
    sum.rejected += one.rejected;
  }
  return [...counts.filter(({ name }) => name !== ''), ...entries.values()].map(of);
}
