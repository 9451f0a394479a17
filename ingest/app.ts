import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { Logger } from 'pino';
import { clickhouseApplicantWriter, type ApplicantWriter } from './clickhouse/applicant/applicants.ts';
import { createFolding } from './clickhouse/fold/folding.ts';
import { EventLog } from './clickhouse/event-log.ts';
import { clickhouseDossierStates } from './clickhouse/known/dossier-states.ts';
import { KnownEvents } from './clickhouse/known/known-events.ts';
import { clickhouseLookup } from './clickhouse/known/lookup.ts';
import { repairViews } from './clickhouse/known/repair.ts';
import { clickhouseStore } from './clickhouse/writer/store.ts';
import { Writer, WRITER_LIMITS, type WriterLimits } from './clickhouse/writer/writer.ts';
import { faultFields } from './fault-fields.ts';
import { answers } from './health.ts';
import { createIntake } from './intake.ts';
import { createIntakeTally } from './intake-report.ts';
import { reportIntake } from './report-intake.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import type { Clock } from './schema/clock.ts';
import type { UnitIndex } from './schema/unit-index.ts';
import { buildServer } from './server.ts';
import { createDvcqgSource } from './sources/dvcqg/source.ts';
import { readEve } from './sources/eve/format.ts';
import { createFileSource } from './sources/file/source.ts';
import { createHttpSource } from './sources/http/source.ts';
import { createRedriveSource } from './sources/redrive/source.ts';
import { createSensorSource } from './sources/sensor/source.ts';
import { readWazuh } from './sources/wazuh/format.ts';
import { readZeek } from './sources/zeek/format.ts';
import type { Tokens } from './tokens.ts';

/** Time that rows on their way get at the end, in milliseconds. */
const DRAIN_MS = 8_000;
/** Time that dossiers which are not folded yet get after that; those left over are folded at the next start. */
const FOLD_DRAIN_MS = 4_000;
/** A statement of a writer that died may run on for as long as its user may: after that, nothing of it can come any more. */
const LAST_STATEMENT_MS = 65_000;
/** Rows received in this span before the end may have missed their views, in milliseconds. */
const REPAIR_SPAN_MS = 3 * 60_000;

/** Dossiers touched in this span before the end may not have been folded, in milliseconds: more than any backlog that is let grow. */
const REFOLD_SPAN_MS = 60 * 60_000;

/** What the ingest is made with. */
export interface IngestOptions {
  client: ClickHouseClient;
  units: UnitIndex;
  tokens: Tokens;
  clock: Clock;
  log: Logger;
  /** The secret that applicants are sealed with. @default they are not kept */
  personal_key?: string | undefined;
  /** Folder of the mappings of files. */
  imports_dir: string;
  /** Folder of the feeds, whose mappings read their dead letters once more. */
  feeds_dir: string;
  body_bytes: number;
  inflated_bytes: number;
  /** @default the measured ones */
  limits?: Partial<WriterLimits>;
  /** Longest wait of a request for the store, in milliseconds. @default 20_000 */
  patience_ms?: number;
}

/** The ingest, put together. It does not listen. */
export interface Ingest {
  server: ReturnType<typeof buildServer>;
  /** Learns what is stored already; tries until the store answers. Requests are refused with 503 before. */
  prepare: () => Promise<void>;
  /** Resolves when the dossiers of all that is stored so far are folded into `live`. */
  folded: () => Promise<void>;
  /** Stops taking, stores what is on its way, and returns. */
  close: () => Promise<void>;
}

/** Puts the ingest together. */
export function createIngest(options: IngestOptions): Ingest {
  const { client, units, tokens, clock, log } = options;
  const ending = new AbortController();
  const known = new KnownEvents(clock);
  const tally = createIntakeTally();
  const counted = createMetrics({ rows: () => writer.rows, unfolded_ms: () => folding.oldest_ms() });
  const metrics: Metrics = {
    ...counted,
    countEvents: (source, entry, result, code, count) => {
      counted.countEvents(source, entry, result, code, count);
      tally.count(source, entry, result, count);
    },
  };
  const folding = createFolding({
    client,
    clock,
    onFault: (error) => {
      if (!ending.signal.aborted) log.warn(faultFields(error), 'dossiers could not be folded yet');
    },
  });
  const writer = new Writer({
    store: clickhouseStore(client, clock),
    limits: { ...WRITER_LIMITS, ...options.limits },
    onSettled: (name, { keys, dossiers }) => {
      if (name !== 'dead_letter') known.add(keys);
      folding.touch(dossiers.values());
    },
    onInsert: (report) => {
      metrics.onInsert(report);
      const { failure, rows } = report;
      if (failure) log.warn({ log: report.log, rows, ...faultFields(failure.error) }, 'insert failed');
      // what was given up may be in the log and not in its views
      if (failure?.isFinal) repair([LAST_STATEMENT_MS]);
    },
  });
  const repairs = new Set<Promise<void>>();
  const repair = (waits: readonly number[]) => {
    const { signal } = ending;
    const work = async () => {
      for (const wait of waits) {
        await sleep(wait, undefined, { signal, ref: false });
        // whatever was in doubt stays so until this was done once, so it is tried for as long as the store is away
        while (!(await repaired(wait))) await sleep(1_000, undefined, { signal, ref: false });
      }
    };
    const repaired = async (wait: number): Promise<boolean> => {
      try {
        await repairViews(client, REPAIR_SPAN_MS + wait, clock());
        await folding.refoldReceived(REFOLD_SPAN_MS);
        log.info('state tables repaired');
        return true;
      } catch (error) {
        if (!signal.aborted) log.warn(faultFields(error), 'the state tables could not be repaired yet');
        return false;
      }
    };
    // only its end interrupts it
    const done = work().catch(() => undefined);
    repairs.add(done);
    void done.finally(() => repairs.delete(done));
  };
  const pipeline = createPipeline({ units, onUnknownUnit: metrics.countUnknownUnit });
  const eventLog = new EventLog({
    writer,
    known,
    lookup: clickhouseLookup(client),
    onStored: (entry) => {
      if (entry.family === 'dossier') folding.touch([entry.row]);
    },
  });
  const isFull = (rows: number): boolean => writer.isFull(rows) || folding.isFull();
  const intake = createIntake({
    ...{ pipeline, units, metrics },
    isFull,
    log: eventLog,
    patience_ms: options.patience_ms,
  });
  const state = { isReady: false };
  const applicants =
    options.personal_key === undefined ? undefined : clickhouseApplicantWriter(client, options.personal_key);
  const requests = (kept?: ApplicantWriter) => [
    createHttpSource(),
    createDvcqgSource({ tokens, states: clickhouseDossierStates(client), applicants: kept }),
    createSensorSource({ entry: 'eve', read: readEve, metrics }),
    createSensorSource({ entry: 'wazuh', read: readWazuh, metrics }),
    createSensorSource({ entry: 'zeek', read: readZeek, metrics }),
  ];
  const sources = [
    ...requests(applicants),
    createRedriveSource({
      // what is personal was taken out of a dead letter: nothing of an applicant can be learnt from it
      sources: requests(),
      feeds_dir: options.feeds_dir,
      intake: createIntake({
        ...{ pipeline, units, metrics, isFull },
        log: { put: (entries) => eventLog.put(entries), bury: () => Promise.resolve() },
        patience_ms: options.patience_ms,
      }),
    }),
    createFileSource({ states: clickhouseDossierStates(client), units, folder: options.imports_dir }),
  ];
  const endReports = reportIntake({
    ...{ tally, clock, log, pipeline },
    entries: sources.map(({ entry }) => entry),
    isReady: () => state.isReady,
    put: async (entries) => (await eventLog.put(entries)).stored,
  });
  const server = buildServer({
    sources,
    intake,
    tokens,
    metrics,
    clock,
    log,
    body_bytes: options.body_bytes,
    inflated_bytes: options.inflated_bytes,
    isReady: () => state.isReady,
    storeAnswers: () => answers(client),
  });

  return {
    server,
    prepare: async () => {
      while (!state.isReady && !ending.signal.aborted) {
        try {
          const events = await known.load(client);
          state.isReady = true;
          log.info({ events }, 'ready');
          // now, and once more when nothing of a writer before this one can still be under way
          if (events > 0) repair([0, LAST_STATEMENT_MS]);
        } catch (error) {
          log.warn(faultFields(error), 'the store does not answer yet');
          await sleep(500);
        }
      }
    },
    folded: folding.idle,
    close: async () => {
      ending.abort();
      endReports();
      // the server waits for its requests, and they wait for their rows
      await Promise.all([server.close(), writer.drain(DRAIN_MS)]);
      await folding.drain(FOLD_DRAIN_MS);
      await Promise.race([Promise.all(repairs), sleep(FOLD_DRAIN_MS, undefined, { ref: false })]);
    },
  };
}
