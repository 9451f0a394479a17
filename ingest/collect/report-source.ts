import type { Logger } from 'pino';
import { faultFields } from '../fault-fields.ts';
import {
  IntakeRecordSchema,
  intakeRowOf,
  REPORT_MS,
  reportsOf,
  type IntakeRecord,
  type IntakeTally,
} from '../intake-report.ts';
import type { Clock } from '../schema/clock.ts';
import type { Collected, CollectingSource } from '../sources/collecting-source.ts';
import type { SourceStatus } from './collector.ts';
import { FIRST } from './config.ts';
import type { HeardSource, SilenceWatch } from './silence.ts';

/** What the reports are made of. */
export interface ReportSourceOptions {
  /** Who reports. */
  process: string;
  status: () => readonly SourceStatus[];
  tally: IntakeTally;
  clock: Clock;
  log: Logger;
  /** Undefined where another collector watches. */
  silence?: SilenceWatch;
  /** When each source was last heard; rejects while the store is away. */
  heard: () => Promise<readonly HeardSource[]>;
  /** How often it reports, and compares sources with their limits. */
  report_ms?: number;
}

/** The entry of the reports themselves. */
export const REPORT_ENTRY = 'report';

/**
 * The collector's own reports, by the way that all it collects takes: while the store is away they wait on disk with the rest, and later say how much
 * waited when.
 */
export function createReportSource(options: ReportSourceOptions): CollectingSource {
  const { process, status, tally, clock, log, silence, heard, report_ms = REPORT_MS } = options;
  const timers: NodeJS.Timeout[] = [];
  let last = new Map<string, SourceStatus>();
  let since = performance.now();
  let intake: Collected | undefined;

  const tell = (records: readonly IntakeRecord[]): void => {
    for (const record of records)
      if (intake?.spool.append(process, Buffer.from(JSON.stringify(record)))) intake.receive('self', 1);
      else intake?.drop('self', 'spool_full', 1);
  };
  const report = (): void => {
    const at = clock();
    const now = performance.now();
    const period_ms = now - since;
    const current = status().filter(({ entry }) => entry !== REPORT_ENTRY);
    const sources = reportsOf(
      tally.take().filter(({ entry }) => entry !== REPORT_ENTRY),
      { process, at },
      period_ms,
    );
    tell([...sources, ...current.map((one) => entryRecord(one, last.get(one.entry), { process, at, period_ms }))]);
    last = new Map(current.map((one) => [one.entry, one]));
    since = now;
  };
  const look = async (watch: SilenceWatch): Promise<void> => {
    try {
      tell(watch.look(await heard(), clock()));
    } catch (error) {
      log.warn(faultFields(error), 'it could not be seen which sources are silent');
    }
  };

  return {
    entry: REPORT_ENTRY,
    read: (bytes, from, to, { received_at }) => {
      try {
        const record = IntakeRecordSchema.parse(JSON.parse(bytes.toString('utf8', from, to)));
        return { family: 'intake', row: intakeRowOf(record, received_at) };
      } catch {
        return { result: 'rejected', code: 'IOC_EVENT_DATA', reason: 'is no record of this source' };
      }
    },
    start: (collected) => {
      intake = collected;
      timers.push(setInterval(report, report_ms));
      report();
      if (silence) {
        timers.push(setInterval(() => void look(silence), report_ms));
        void look(silence);
      }
      return Promise.resolve();
    },
    close: () => {
      for (const timer of timers) clearInterval(timer);
      return Promise.resolve();
    },
  };
}

/** What became of an entry since it was last looked at, and what waits now. The entry of a further collector is a subject of its own: each has its queue. */
function entryRecord(
  now: SourceStatus,
  before: SourceStatus | undefined,
  { process, at, period_ms }: { process: string; at: number; period_ms: number },
): IntakeRecord {
  const grown = (key: 'received' | 'dropped' | 'faulty'): number => Math.max(0, now[key] - (before?.[key] ?? 0));
  return {
    ...{ type: 'intake.report', subject: process === FIRST ? now.entry : `${now.entry}@${process}`, process, at },
    data: {
      ...{
        entry: now.entry,
        period_ms,
        received: grown('received'),
        dropped: grown('dropped'),
        faulty: grown('faulty'),
      },
      kernel_dropped:
        now.kernel_dropped === null ? null : Math.max(0, now.kernel_dropped - (before?.kernel_dropped ?? 0)),
      ...{ queue_bytes: now.spool_bytes, queue_limit_bytes: now.spool_limit_bytes, oldest_ms: now.oldest_ms },
      error: now.error ?? '',
    },
  };
}
