import { join } from 'node:path';
import { readInventory } from '../province.ts';
import { createClock } from '../schema/clock.ts';
import { ConfigError, readConfig } from './config.ts';
import { loadProvince } from './province.ts';
import { run } from './run.ts';
import { createSender, SendError } from './sender.ts';
import { answerSnmp } from './snmp/answer.ts';
import { createSyslogLife } from './syslog-life.ts';
import { tellSyslog } from './syslog-teller.ts';

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
// the parent died: nobody is left to tell us
process.once('disconnect', () => stop.abort());

/** Lines of syslog in a minute, of all devices together. */
const SYSLOG_PER_MINUTE = 90;

/** Standard output is the simulator's log: the supervisor shows its lines among those of the other processes. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  const province = await loadProvince({
    dashboards: config.dashboards_dir,
    province: config.province,
    seed: config.seed,
  });
  const clock = createClock(config.clock.start, config.clock.epoch);
  const inventory = await readInventory(join(config.dashboards_dir, 'inventory', `${config.province}.yaml`));
  const devices = inventory.devices.filter(({ simulated }) => simulated);
  const linesBetween = createSyslogLife(devices, config.seed, SYSLOG_PER_MINUTE);
  const telling = config.syslog && tellSyslog({ ...config.syslog, linesBetween, clock, signal: stop.signal });
  await run({
    config,
    province,
    sender: createSender({ url: config.ingest_url, token: config.token, signal: stop.signal, say }),
    clock,
    signal: stop.signal,
    say,
    onWorld: ({ lines }) => {
      if (config.snmp) answerSnmp({ ...config.snmp, devices, lines, province, clock, signal: stop.signal, say });
    },
    onProgress: (report) => process.send?.({ type: 'progress', ...report }),
    onPreloaded: ({ dossiers, events }) => process.send?.({ type: 'preloaded', dossiers, events }),
    onFilled: ({ dossiers, events }) => process.send?.({ type: 'filled', dossiers, events }),
  });
  await telling;
}

try {
  await main();
} catch (error) {
  if (!stop.signal.aborted) {
    // a mistake that its reader can mend needs no stack
    const isPlain = error instanceof ConfigError || error instanceof SendError;
    const text = error instanceof Error && !isPlain ? error.stack : undefined;
    process.stderr.write(`${text ?? (error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = 1;
    stop.abort();
  }
}
// the channel to the parent would keep the process
if (process.connected) process.disconnect();
