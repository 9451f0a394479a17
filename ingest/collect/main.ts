/**
 * The collector process: takes what comes by other ways than HTTP and stores it. It ends in order on SIGTERM, SIGINT, or when its parent goes: the
 * sources stop, what they took is stored or stays in the spool, and it leaves with code 0.
 */
import { readFile } from 'node:fs/promises';
import { pino } from 'pino';
import { connect } from '../clickhouse/client.ts';
import { createIntakeTally } from '../intake-report.ts';
import {
  readDeviceValues,
  readFeeds,
  readInventory,
  readProbes,
  readSeverities,
  readSourceLimits,
  readTrapFiles,
  readUnits,
  readWorkingTime,
} from '../province.ts';
import { createClock } from '../schema/clock.ts';
import { createProbeSource } from '../sources/probe/source.ts';
import { createSnmpSource } from '../sources/snmp/source.ts';
import { targetsOf } from '../sources/snmp/targets.ts';
import { createTrapBook } from '../sources/snmp/trap-text.ts';
import { createSyslogSource } from '../sources/syslog/source.ts';
import { createTailSource } from '../sources/tail/source.ts';
import { createCollector } from './collector.ts';
import { readCollectConfig } from './config.ts';
import { createReadingSources } from './reading-sources.ts';
import { createReportSource } from './report-source.ts';
import { createSilenceWatch, heardSources } from './silence.ts';

const config = readCollectConfig();
const log = pino({ level: config.log_level, base: { process: config.name } });
const units = await readUnits(config.units_file);
const clock = createClock(config.clock.start, config.clock.epoch);
const client = connect(config.clickhouse, { connections: 12 });
const devices = await readInventory(config.inventory_file);
const { tls } = config.syslog;
const syslog = createSyslogSource({
  host: config.host,
  port: config.syslog.port,
  tls: tls && { port: tls.port, cert: await readFile(tls.cert_file), key: await readFile(tls.key_file) },
  devices,
  judge: await readSeverities(config.severities_dir),
  onFault: (fault) => collector.countFault('syslog', fault),
});
const { polled, without } = targetsOf(devices.devices, config.snmp.secretOf, config.snmp.simulator);
if (without.length > 0)
  log.warn({ devices: without.length }, 'devices are not asked: the environment has no secrets of theirs');
const snmp = createSnmpSource({
  ...{ devices, polled, clock },
  files: await readDeviceValues(config.devices_dir),
  interval_ms: config.snmp.interval_ms,
  timeout_ms: config.snmp.timeout_ms,
  traps: {
    host: config.host,
    port: config.snmp.trap_port,
    book: createTrapBook(await readTrapFiles(config.traps_dir)),
  },
  onFault: (fault, device) => {
    collector.countFault('snmp', fault);
    log.debug({ fault, device: device?.id }, 'a device was not understood');
  },
});
const feeds = await readFeeds(config.feeds_dir);
const tail = createTailSource({
  feeds,
  folder: config.tail_dir,
  log,
  onFault: (fault) => collector.countFault('tail', fault),
});
const readings = createReadingSources({
  ...{ feeds, state_dir: config.state_dir, variable: config.variable, log },
  onFault: (entry, fault) => collector.countFault(entry, fault),
});
const probes = createProbeSource({
  files: await readProbes(config.probes_dir),
  state_dir: config.digests_dir,
  ...{ clock, log },
  onFault: (fault) => collector.countFault('probe', fault),
});
const tally = createIntakeTally();
const { collects } = config;
const taken = [syslog, snmp, tail, probes, ...readings].filter(({ entry }) => collects?.has(entry) ?? true);
const reports = createReportSource({
  ...{ process: config.name, tally, clock, log },
  status: () => collector.status(),
  // one watches for all
  ...(collects === undefined && {
    silence: createSilenceWatch({
      limits: await readSourceLimits(config.limits_file),
      working: await readWorkingTime(config.units_file, config.calendar_dir),
      process: config.name,
    }),
  }),
  heard: () => heardSources(client),
});
const collector = createCollector({
  ...{ client, units, clock, log },
  sources: [...taken, reports],
  onCounted: tally.count,
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
const syslog_port = syslog.ports().plain;
log.info({ port, syslog_port, trap_port: snmp.trapPort() }, 'listening');
process.send?.({ type: 'listening', port, syslog_port });
