import type { Logger } from 'pino';
import { faultFields } from './fault-fields.ts';
import { intakeRowOf, REPORT_MS, reportsOf, type IntakeTally } from './intake-report.ts';
import type { Clock } from './schema/clock.ts';
import type { LogEntry } from './schema/row.ts';
import type { Step } from './pipeline/step.ts';

/** What the reports are made with. */
export interface ReportIntakeOptions {
  tally: IntakeTally;
  /** The entries that are reported of even when nothing came by them. */
  entries: readonly string[];
  clock: Clock;
  log: Logger;
  /** False until the store is known: what is counted by then goes into the first report. */
  isReady: () => boolean;
  pipeline: Step;
  /** Resolves when all of it is stored. */
  put: (entries: readonly LogEntry[]) => Promise<void>;
  every_ms?: number;
}

/** Stores, from now on, what came by the entries of the ingest; returns what ends it. What cannot be stored is in the next report. */
export function reportIntake(options: ReportIntakeOptions): () => void {
  const { tally, entries, clock, log, isReady, pipeline, put, every_ms = REPORT_MS } = options;
  let since = performance.now();
  let isUnderWay = false;
  const report = async (): Promise<void> => {
    if (isUnderWay || !isReady()) return;
    isUnderWay = true;
    const counts = tally.take();
    const now = performance.now();
    const records = reportsOf(counts, { process: 'ingest', at: clock() }, now - since, entries);
    const kept = records.map((record): LogEntry => ({ family: 'intake', row: intakeRowOf(record) }));
    for (const entry of kept) pipeline(entry);
    try {
      await put(kept);
      since = now;
    } catch (error) {
      tally.giveBack(counts);
      log.warn(faultFields(error), 'what came could not be reported yet');
    } finally {
      isUnderWay = false;
    }
  };
  const timer = setInterval(() => void report(), every_ms).unref();
  return () => clearInterval(timer);
}
