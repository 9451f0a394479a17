/** `npm run bench -- ingest|live|query|dossiers|forecast|syslog|eve|snmp|alerts|draw [--json]`: lines for people on standard error, with --json one JSON line last on standard output. */
import { runTool } from '../cleanup.ts';
import type { Bench } from './bench.ts';
import { benchAlerts } from './alerts.ts';
import { benchDossiers } from './dossiers.ts';
import { benchDraw } from './draw.ts';
import { benchEve } from './eve.ts';
import { benchForecast } from './forecast.ts';
import { benchIngest } from './ingest.ts';
import { benchLive } from './live.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { benchQuery } from './query.ts';
import { benchSnmp } from './snmp.ts';
import { benchSyslog } from './syslog.ts';

const BENCHES: Record<BenchOptions['bench'], (bench: Bench) => Promise<object>> = {
  ingest: benchIngest,
  live: benchLive,
  query: benchQuery,
  dossiers: benchDossiers,
  forecast: benchForecast,
  syslog: benchSyslog,
  eve: benchEve,
  snmp: benchSnmp,
  alerts: benchAlerts,
  draw: benchDraw,
};

await runTool(async (cleanup) => {
  const options = readOptions(process.argv.slice(2));
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const result = await BENCHES[options.bench]({ options, env: process.env, say, cleanup });
  // after the end of all that was started, so that this line is the last
  await cleanup.run();
  if (options.json) console.log(JSON.stringify(result));
});
