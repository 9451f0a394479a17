/**
 * The ingest process: takes events over HTTP and stores them. It ends in order on SIGTERM, SIGINT, or when its parent goes: it stops
 * taking, stores what is on its way, and leaves with code 0.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { connect } from './clickhouse/client.ts';
import { EventLog } from './clickhouse/event-log.ts';
import { KnownEvents } from './clickhouse/known/known-events.ts';
import { clickhouseLookup } from './clickhouse/known/lookup.ts';
import { repairViews } from './clickhouse/known/repair.ts';
import { clickhouseStore } from './clickhouse/writer/store.ts';
import { Writer, WRITER_LIMITS } from './clickhouse/writer/writer.ts';
import { readConfig } from './config.ts';
import { createIntake } from './intake.ts';
import { createMetrics } from './metrics.ts';
import { createPipeline } from './pipeline/pipeline.ts';
import { readUnits } from './province.ts';
import { createClock } from './schema/clock.ts';
import { buildServer } from './server.ts';
import { createDvcqgSource } from './sources/dvcqg/source.ts';
import { createEveSource } from './sources/eve/source.ts';
import { createHttpSource } from './sources/http/source.ts';
import { openTokens } from './tokens.ts';

/** Time that rows on their way get at the end, in milliseconds. */
const DRAIN_MS = 8_000;
/** A statement of a writer that died may run on for as long as its user may: after that, nothing of it can come any more. */
const LAST_STATEMENT_MS = 65_000;
/** Rows received in this span before the end may have missed their views, in milliseconds. */
const REPAIR_SPAN_MS = 3 * 60_000;

const config = readConfig();
const log = pino({ level: config.log_level, base: { process: 'ingest' } });
const clock = createClock(config.clock.start, config.clock.epoch);
const units = await readUnits(config.units_file);
const tokens = await openTokens({ file: config.tokens_file, extra: config.token, log });
if (tokens.count() === 0) log.warn({ file: config.tokens_file }, 'there are no tokens, so no source can send');

const client = connect(config.clickhouse, { connections: 24 });
const known = new KnownEvents(clock);
const metrics = createMetrics(() => writer.rows);
const writer = new Writer({
  store: clickhouseStore(client),
  limits: { ...WRITER_LIMITS, queue_rows: config.queue_rows },
  onStored: (name, keys) => {
    if (name !== 'dead_letter') known.add(keys);
  },
  onInsert: (report) => {
    metrics.onInsert(report);
    if (report.failure)
      log.warn({ log: report.log, rows: report.rows, err: report.failure.error }, 'insert failed');
  },
});
const intake = createIntake({
  pipeline: createPipeline({ units, onUnknownUnit: metrics.countUnknownUnit }),
  units,
  writer,
  log: new EventLog({ writer, known, lookup: clickhouseLookup(client) }),
  metrics,
});
const state = { isReady: false, isEnding: false };
const server = buildServer({
  sources: [createHttpSource(), createDvcqgSource({ tokens }), createEveSource({ metrics })],
  intake,
  tokens,
  metrics,
  clock,
  log,
  body_bytes: config.body_bytes,
  inflated_bytes: config.inflated_bytes,
  isReady: () => state.isReady,
  storeAnswers: async () => (await client.ping()).success,
});

const end = async (reason: string) => {
  if (state.isEnding) return;
  state.isEnding = true;
  log.info({ reason }, 'ending');
  // the server waits for its requests, and they wait for their rows
  await Promise.all([server.close(), writer.drain(DRAIN_MS)]);
  await client.close();
  process.exit(0);
};
process.on('SIGTERM', () => void end('SIGTERM'));
process.on('SIGINT', () => void end('SIGINT'));
process.on('disconnect', () => void end('parent gone'));

await server.listen({ host: config.host, port: config.port });
const address = server.server.address();
const port = typeof address === 'object' && address ? address.port : config.port;
log.info({ port }, 'listening');
await prepare();
process.send?.({ type: 'listening', port });

/** Learns what is stored already; tries until the store answers. */
async function prepare(): Promise<void> {
  for (;;) {
    try {
      const begun = performance.now();
      const events = await known.load(client);
      state.isReady = true;
      log.info({ events, load_ms: Math.round(performance.now() - begun) }, 'ready');
      if (events > 0) void repairTwice();
      return;
    } catch (err) {
      log.warn({ err }, 'the store does not answer yet');
      await sleep(500);
    }
  }
}

/** Now, and once more when nothing of a writer before this one can still be under way. */
async function repairTwice(): Promise<void> {
  for (const wait of [0, LAST_STATEMENT_MS]) {
    await sleep(wait, undefined, { ref: false });
    const views = await repairViews(client, REPAIR_SPAN_MS + wait).catch((err: unknown) => {
      log.warn({ err }, 'the state tables could not be repaired');
    });
    if (views) log.info({ views: views.length }, 'state tables repaired');
  }
}
