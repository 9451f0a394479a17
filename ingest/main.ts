/**
 * The ingest process: takes events over HTTP and stores them. It ends in order on SIGTERM, SIGINT, or when its parent goes: it stops
 * taking, stores what is on its way, and leaves with code 0.
 */
import { pino } from 'pino';
import { createIngest } from './app.ts';
import { connect } from './clickhouse/client.ts';
import { readConfig } from './config.ts';
import { readUnits } from './province.ts';
import { createClock } from './schema/clock.ts';
import { openTokens } from './tokens.ts';

const config = readConfig();
const log = pino({ level: config.log_level, base: { process: 'ingest' } });
const units = await readUnits(config.units_file);
const tokens = await openTokens({ file: config.tokens_file, extra: config.token, log });
if (tokens.count() === 0) log.warn({ file: config.tokens_file }, 'there are no tokens, so no source can send');

const client = connect(config.clickhouse, { connections: 24 });
const ingest = createIngest({
  client,
  units,
  tokens,
  clock: createClock(config.clock.start, config.clock.epoch),
  log,
  personal_key: config.personal_key,
  imports_dir: config.imports_dir,
  feeds_dir: config.feeds_dir,
  body_bytes: config.body_bytes,
  inflated_bytes: config.inflated_bytes,
  limits: { queue_rows: config.queue_rows },
});

let isEnding = false;
const end = async (reason: string) => {
  if (isEnding) return;
  isEnding = true;
  log.info({ reason }, 'ending');
  await ingest.close();
  await client.close();
  process.exit(0);
};
process.on('SIGTERM', () => void end('SIGTERM'));
process.on('SIGINT', () => void end('SIGINT'));
process.on('disconnect', () => void end('parent gone'));

await ingest.server.listen({ host: config.host, port: config.port });
const address = ingest.server.server.address();
const port = typeof address === 'object' && address ? address.port : config.port;
log.info({ port }, 'listening');
await ingest.prepare();
process.send?.({ type: 'listening', port });
