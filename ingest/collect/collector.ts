import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import fastify, { LogController } from 'fastify';
import type { Logger } from 'pino';
import { repairViews } from '../clickhouse/known/repair.ts';
import { clickhouseStore } from '../clickhouse/writer/store.ts';
import { faultFields } from '../fault-fields.ts';
import { addHealthPages, answers } from '../health.ts';
import { createMetrics, type EventResult } from '../metrics.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import type { Clock } from '../schema/clock.ts';
import type { UnitIndex } from '../schema/unit-index.ts';
import type { CollectingSource } from '../sources/collecting-source.ts';
import { Drain } from '../spool/drain.ts';
import { SPOOL_LIMITS, type SpoolLimits } from '../spool/limits.ts';
import { Spool } from '../spool/spool.ts';
import { addCollectMetrics } from './metrics.ts';
import { udpDrops } from './udp-drops.ts';

/** Time that what is spooled gets at the end, in milliseconds; the rest is stored at the next start. */
const DRAIN_MS = 6_000;
/** Rows received in this span before a killed process ended may have missed their views, in milliseconds. */
const REPAIR_SPAN_MS = 3 * 60_000;
/** How often the kernel is asked what it dropped, in milliseconds. */
const KERNEL_MS = 5_000;

/** What the collector is made with. */
export interface CollectorOptions {
  client: ClickHouseClient;
  units: UnitIndex;
  clock: Clock;
  log: Logger;
  sources: readonly CollectingSource[];
  /** Each source has a folder of its own in it. */
  spool_dir: string;
  limits?: Partial<SpoolLimits>;
  /** Told what became of the events of a source, as they are stored. */
  onCounted?: ((source: string, entry: string, result: EventResult, count: number) => void) | undefined;
}

/** What is known of a source at this instant. Counts are since the start. */
export interface SourceStatus {
  entry: string;
  received: number;
  /** Came and was not kept: the spool was full, or it was too large. */
  dropped: number;
  /** Was kept, with something wrong about it. */
  faulty: number;
  /** Waits for the store, in bytes; and the age of its oldest, in milliseconds. */
  spool_bytes: number;
  oldest_ms: number;
  is_full: boolean;
  /** Most that may wait. */
  spool_limit_bytes: number;
  /** Blocks that the disk gave back other than it took them. */
  damaged: number;
  /** Datagrams that the kernel dropped before they were read, as of some seconds ago; null where nobody counts them. */
  kernel_dropped: number | null;
  error: 'store_away' | 'spool_full' | null;
}

/** The collector, put together. It does not listen. */
export interface Collector {
  /** Its health page: `/health`, `/ready`, `/metrics`, `/status`. */
  server: ReturnType<typeof buildServer>;
  status: () => SourceStatus[];
  /** Counts a record of a source that was kept with something wrong about it. */
  countFault: (entry: string, fault: string) => void;
  /** Opens the spools, stores what they hold, and starts the sources. Throws when a source cannot take. */
  start: () => Promise<void>;
  /** Stops the sources, stores what they took, and returns. */
  close: () => Promise<void>;
}

/**
 * Puts the collector together: the sources that are not requests, each with a spool of its own and a drain into the store. A process beside the
 * ingest, so that a flood of lines does not hold up dossiers.
 */
export function createCollector(options: CollectorOptions): Collector {
  const { client, units, clock, log } = options;
  const running: { source: CollectingSource; spool: Spool; drain: Drain }[] = [];
  const state = { isReady: false };
  const oldest_ms = ({ oldest_at }: Spool): number => (oldest_at === undefined ? 0 : Math.max(0, clock() - oldest_at));
  const metrics = createMetrics({ rows: () => 0, unfolded_ms: () => 0 });
  const spoolOf = (entry: string) => running.find(({ source }) => source.entry === entry)?.spool;
  const collected = addCollectMetrics(
    metrics,
    options.sources.map(({ entry }) => ({
      entry,
      spool_bytes: () => spoolOf(entry)?.bytes ?? 0,
      oldest_ms: () => {
        const spool = spoolOf(entry);
        return spool ? oldest_ms(spool) : 0;
      },
    })),
  );
  const store = clickhouseStore(client, clock);
  // summed up, and told to the metrics with each block: a flood may be of senders that nobody knows
  const unknown = new Map<string, number>();
  const pipeline = createPipeline({
    units,
    onUnknownUnit: (source) => unknown.set(source, (unknown.get(source) ?? 0) + 1),
  });

  const open = async (source: CollectingSource): Promise<void> => {
    const { entry, read } = source;
    const folder = join(options.spool_dir, entry);
    const spool = await Spool.open({ folder, clock, log: log.child({ entry }), limits: options.limits });
    const wasLeft = spool.bytes > 0;
    const drain = new Drain({
      ...{ entry, spool, read, pipeline, units, store, log },
      onInsert: (report) => {
        metrics.onInsert(report);
        const { failure, rows } = report;
        if (failure) log.warn({ log: report.log, rows, ...faultFields(failure.error) }, 'insert failed');
      },
      onStored: (name, result, code, count, received_at) => {
        metrics.countEvents(name, entry, result, code, count);
        options.onCounted?.(name, entry, result, count);
        metrics.sawSource(name, entry, received_at);
        metrics.countUnknownUnit(name, unknown.get(name) ?? 0);
        unknown.delete(name);
      },
    });
    running.push({ source, spool, drain });
    drain.start();
    // a server that died with the last process may have rows in a log that their views have not
    if (wasLeft) void repairOnce(client, clock, log);
  };
  const status = (): SourceStatus[] =>
    running.map(({ source: { entry }, spool, drain }) => ({
      entry,
      ...collected.counted(entry),
      spool_bytes: spool.bytes,
      oldest_ms: oldest_ms(spool),
      is_full: spool.isFull,
      spool_limit_bytes: options.limits?.spool_bytes ?? SPOOL_LIMITS.spool_bytes,
      damaged: spool.damaged,
      kernel_dropped: kernel.get(entry) ?? null,
      error: spool.isFull ? 'spool_full' : drain.isFailing ? 'store_away' : null,
    }));
  const kernel = new Map<string, number>();
  const lookAtKernel = async (): Promise<void> => {
    for (const { entry, udpPorts } of options.sources) {
      const drops = udpPorts && (await udpDrops(udpPorts()));
      if (typeof drops === 'number') kernel.set(entry, drops);
    }
  };
  let watch: NodeJS.Timeout | undefined;
  const server = buildServer(log, status, {
    metrics,
    isReady: () => state.isReady,
    storeAnswers: () => answers(client),
  });

  return {
    server,
    status,
    countFault: collected.countFault,
    start: async () => {
      for (const source of options.sources) await open(source);
      for (const { source, spool } of running)
        await source.start({
          spool,
          receive: (by, count) => collected.receive(source.entry, by, count),
          drop: (by, reason, count) => collected.drop(source.entry, by, reason, count),
        });
      await lookAtKernel();
      watch = setInterval(() => void lookAtKernel(), KERNEL_MS).unref();
      state.isReady = true;
      log.info({ sources: running.length }, 'ready');
    },
    close: async () => {
      state.isReady = false;
      clearInterval(watch);
      await Promise.all(
        running.map(async ({ source, spool, drain }) => {
          await source.close();
          await spool.flush();
          await drain.close(DRAIN_MS);
          await spool.close();
        }),
      );
      await server.close();
    },
  };
}

function buildServer(log: Logger, status: () => SourceStatus[], health: Parameters<typeof addHealthPages>[1]) {
  const app = fastify({ loggerInstance: log, logController: new LogController({ disableRequestLogging: true }) });
  addHealthPages(app, health);
  app.get('/status', () => ({ sources: status() }));
  return app;
}

/** Folds what was received last into the states once more, as soon as the store can. */
async function repairOnce(client: ClickHouseClient, clock: Clock, log: Logger): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    try {
      await repairViews(client, REPAIR_SPAN_MS, clock());
      log.info('state tables repaired');
      return;
    } catch (error) {
      log.warn(faultFields(error), 'the state tables could not be repaired yet');
      await sleep(1_000, undefined, { ref: false });
    }
  }
}
