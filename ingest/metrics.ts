import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { InsertReport } from './clickhouse/writer/insert.ts';

/** Sources that have series of their own; what a sender may name freely must not grow without bound. */
const MOST_SOURCES = 500;

/** The counters and gauges of the process, for Prometheus. */
export interface Metrics {
  registry: Registry;
  /** Counts events of one request with the same fate. `code` is empty unless they were rejected. */
  countEvents: (source: string, entry: string, result: EventResult, code: string, count: number) => void;
  sawSource: (source: string, entry: string, instant: number) => void;
  countUnknownUnit: (source: string, count?: number) => void;
  /** Counts records whose own time could not be used. */
  countUntimed: (source: string) => void;
  countFault: (entry: string, code: string) => void;
  onInsert: (report: InsertReport) => void;
}

/** What became of an event. */
export type EventResult = 'accepted' | 'duplicate' | 'rejected' | 'dropped';

/** What is read at each scrape. */
export interface Gauges {
  /** Rows on their way to the logs. */
  rows: () => number;
  /** Age of the oldest dossier whose events are stored and not yet folded, in milliseconds. */
  unfolded_ms: () => number;
}

/** Makes the metrics. */
export function createMetrics({ rows, unfolded_ms }: Gauges): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const events = new Counter({
    name: 'ingest_events_total',
    help: 'Events by what became of them',
    labelNames: ['source', 'entry', 'result', 'code'],
    registers,
  });
  const lastSeen = new Gauge({
    name: 'ingest_source_last_seen_seconds',
    help: 'When a source last sent, seconds since the epoch',
    labelNames: ['source', 'entry'],
    registers,
  });
  const unknownUnits = new Counter({
    name: 'ingest_unknown_units_total',
    help: 'Events whose unit is not in the unit tree',
    labelNames: ['source'],
    registers,
  });
  const untimed = new Counter({
    name: 'ingest_untimed_total',
    help: 'Sensor records whose time is absent, unreadable or in the future',
    labelNames: ['source'],
    registers,
  });
  const faults = new Counter({
    name: 'ingest_faults_total',
    help: 'Requests that were refused as a whole',
    labelNames: ['entry', 'code'],
    registers,
  });
  const batchRows = new Histogram({
    name: 'ingest_batch_rows',
    help: 'Rows of an insert',
    labelNames: ['log'],
    buckets: [1, 10, 100, 500, 1_000, 2_000, 5_000, 10_000, 20_000],
    registers,
  });
  const insertMs = new Histogram({
    name: 'ingest_insert_ms',
    help: 'Duration of an insert in milliseconds',
    labelNames: ['log', 'result'],
    buckets: [2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 30_000],
    registers,
  });
  new Gauge({
    name: 'ingest_queue_rows',
    help: 'Rows that are on their way to the store',
    registers,
    collect() {
      this.set(rows());
    },
  });
  new Gauge({
    name: 'ingest_unfolded_seconds',
    help: 'Age of the oldest dossier whose events are stored and not yet folded into live',
    registers,
    collect() {
      this.set(unfolded_ms() / 1_000);
    },
  });

  const named = new Set<string>();
  const bounded = (source: string): string => {
    if (named.has(source)) return source;
    if (named.size >= MOST_SOURCES) return 'other';
    named.add(source);
    return source;
  };
  return {
    registry,
    countEvents: (source, entry, result, code, count) =>
      events.inc({ source: bounded(source), entry, result, code }, count),
    sawSource: (source, entry, instant) => lastSeen.set({ source: bounded(source), entry }, instant / 1_000),
    countUnknownUnit: (source, count = 1) => unknownUnits.inc({ source: bounded(source) }, count),
    countUntimed: (source) => untimed.inc({ source: bounded(source) }),
    countFault: (entry, code) => faults.inc({ entry, code }),
    onInsert: ({ log, rows, insert_ms, failure }) => {
      if (!failure) batchRows.observe({ log }, rows);
      const result = failure === undefined ? 'stored' : failure.isFinal ? 'given_up' : 'retried';
      insertMs.observe({ log, result }, insert_ms);
    },
  };
}
