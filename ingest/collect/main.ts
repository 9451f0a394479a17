/**
 * The collector process: takes what comes by other ways than HTTP and stores it. It ends in order on SIGTERM, SIGINT, or when its parent goes: the
 * sources stop, what they took is stored or stays in the spool, and it leaves with code 0.
 */
import { pino } from 'pino';
import { connect } from '../clickhouse/client.ts';
import { readUnits } from '../province.ts';
import { createClock } from '../schema/clock.ts';
import { createCollector } from './collector.ts';
import { readCollectConfig } from './config.ts';

const config = readCollectConfig();
const log = pino({ level: config.log_level, base: { process: 'collector' } });
const units = await readUnits(config.units_file);
const clock = createClock(config.clock.start, config.clock.epoch);
const client = connect(config.clickhouse, { connections: 12 });
const collector = createCollector({
  ...{ client, units, clock, log },
  sources: [],
  spool_dir: config.spool_dir,
  limits: { spool_bytes: config.spool_bytes },
});

let isEnding = false;
const end = async (reason: string) => {
  if (isEnding) return;
  isEnding = true;
  log.info({ reason }, 'ending');
  await collector.close();
  await client.close();
  process.exit(0);
};
process.on('SIGTERM', () => void end('SIGTERM'));
process.on('SIGINT', () => void end('SIGINT'));
process.on('disconnect', () => void end('parent gone'));

await collector.server.listen({ host: config.host, port: config.port });
const address = collector.server.server.address();
const port = typeof address === 'object' && address ? address.port : config.port;
await collector.start();
log.info({ port }, 'listening');
process.send?.({ type: 'listening', port });
