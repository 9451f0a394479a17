import { Counter, Gauge } from 'prom-client';
import type { Metrics } from '../metrics.ts';
import type { DropReason } from '../sources/collecting-source.ts';

/** What collecting sources tell: read at `/metrics`, and as a report at `/status`. */
export interface CollectMetrics {
  receive: (entry: string, by: string, count: number) => void;
  drop: (entry: string, by: string, reason: DropReason, count: number) => void;
  /** Counts records that were kept with something wrong about them. */
  countFault: (entry: string, fault: string) => void;
  /** What was counted of an entry since the start. */
  counted: (entry: string) => Counted;
}

/** Sums since the start. */
export interface Counted {
  received: number;
  dropped: number;
  /** Kept, with something wrong about them. */
  faulty: number;
}

/** What is read at each scrape, by entry. */
export interface CollectGauges {
  entry: string;
  spool_bytes: () => number;
  /** Age of the oldest record that is not stored, in milliseconds. */
  oldest_ms: () => number;
}

/** Adds the series of collecting sources to those of the process. */
export function addCollectMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  gauges: readonly CollectGauges[],
): CollectMetrics {
  const registers = [registry];
  const received = new Counter({
    name: 'collector_received_total',
    help: 'Records that came, by entry and how they came',
    labelNames: ['entry', 'by'],
    registers,
  });
  const dropped = new Counter({
    name: 'collector_dropped_total',
    help: 'Records that came and were not kept, by reason',
    labelNames: ['entry', 'by', 'reason'],
    registers,
  });
  const faulty = new Counter({
    name: 'collector_faulty_total',
    help: 'Records that were kept with something wrong about them, by what',
    labelNames: ['entry', 'fault'],
    registers,
  });
  new Gauge({
    name: 'collector_spool_bytes',
    help: 'Bytes on disk that wait for the store',
    labelNames: ['entry'],
    registers,
    collect() {
      for (const { entry, spool_bytes } of gauges) this.set({ entry }, spool_bytes());
    },
  });
  new Gauge({
    name: 'collector_oldest_seconds',
    help: 'Age of the oldest record that is not stored',
    labelNames: ['entry'],
    registers,
    collect() {
      for (const { entry, oldest_ms } of gauges) this.set({ entry }, oldest_ms() / 1_000);
    },
  });
  const sums = new Map(gauges.map(({ entry }) => [entry, { received: 0, dropped: 0, faulty: 0 }]));
  return {
    receive: (entry, by, count) => {
      received.inc({ entry, by }, count);
      const sum = sums.get(entry);
      if (sum) sum.received += count;
    },
    drop: (entry, by, reason, count) => {
      dropped.inc({ entry, by, reason }, count);
      const sum = sums.get(entry);
      if (sum) sum.dropped += count;
    },
    countFault: (entry, fault) => {
      faulty.inc({ entry, fault });
      const sum = sums.get(entry);
      if (sum) sum.faulty += 1;
    },
    counted: (entry) => sums.get(entry) ?? { received: 0, dropped: 0, faulty: 0 },
  };
}
