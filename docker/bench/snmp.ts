import { cp, readFile, writeFile } from 'node:fs/promises';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { startBenchCollector, startBenchEngine } from './stack.ts';

/** Routers of a province: a fibre to each of 310 units. */
const DEVICES = 310;
/** Ports of each, all of which are watched. */
const PORTS = 8;
const INTERVAL_S = 30;
/** Rounds that are measured, after the one in which it is found out what the devices have. */
const ROUNDS = 2;
const PORT = 21_161;
/** Longest wait for the store, in seconds. */
const STORED_S = 30;

/** What the bench of SNMP says. */
export interface SnmpResult {
  devices: number;
  ports: number;
  interval_s: number;
  /** Longest time between two polls of a device: all are polled within it. */
  round_s: number;
  /** Of one core, by the collector, from asking to storing: in measured rounds, and while it finds out what devices have. */
  cpu_percent: number;
  first_cpu_percent: number;
  requests_per_s: number;
  events_per_s: number;
  /** Polls that should have come and did not. */
  missed: number;
}

/** Measures polling of simulated devices, which run in a process of their own on the same processors. */
export async function benchSnmp(bench: Bench): Promise<SnmpResult> {
  const { say, cleanup } = bench;
  const engine = await startBenchEngine(bench);
  const dashboards = join(engine.folder, 'dashboards');
  for (const name of ['units', 'calendar', 'sources', 'devices', 'traps', 'severities'])
    await cp(join(ROOT, 'dashboards', name), join(dashboards, name), { recursive: true });
  await cp(join(ROOT, 'dashboards', 'inventory'), join(dashboards, 'inventory'), { recursive: true });
  await writeFile(join(dashboards, 'inventory', 'quang-ninh-2019.yaml'), stringify({ devices: inventory() }));
  const agents = await startAgents(cleanup);
  const owner = connect(engine.engine.accesses.owner);
  cleanup.add(() => owner.close());
  const ask = async (query: string): Promise<number[]> => {
    const reply = await owner.query({ query, format: 'JSONCompactEachRow' });
    return z.array(z.array(z.coerce.number())).parse(await reply.json())[0] ?? [];
  };

  const collector = await startBenchCollector(bench, engine, {
    ...{ DASHBOARDS_DIR: dashboards, SNMP_COMMUNITY: 'public', SNMP_INTERVAL_S: String(INTERVAL_S), LOG_LEVEL: 'warn' },
  });
  const first = await measured(collector.pid, INTERVAL_S);
  say(`found out what ${DEVICES} devices have: ${first.cpu_percent} % of a core`);
  const requests = await agents.requests();
  const from = Date.now();
  const { cpu_percent, seconds } = await measured(collector.pid, ROUNDS * INTERVAL_S);
  const to = Date.now();
  const asked = (await agents.requests()) - requests;
  const within = `observed_at BETWEEN fromUnixTimestamp64Milli(${from}) AND fromUnixTimestamp64Milli(${to})`;
  // what came at the end is stored a moment later
  const counted = async (): Promise<number> =>
    (await ask(`SELECT count() FROM log.reading_event WHERE metric = 'device.reachable' AND ${within}`))[0] ?? 0;
  for (let n = 0; n < STORED_S && (await counted()) < DEVICES * ROUNDS; n += 1) await sleep(1_000);
  const [events = 0] = await ask(
    `SELECT (SELECT count() FROM log.reading_event WHERE ${within}) + (SELECT count() FROM log.link_event WHERE ${within})`,
  );
  const [round_s = 0, polls = 0] = await ask(
    `SELECT max(gap), sum(polls) FROM (
       SELECT source, arrayMax(arrayDifference(arraySort(groupArray(toUnixTimestamp64Milli(observed_at))))) / 1000 AS gap,
         countIf(${within}) AS polls
       FROM log.reading_event WHERE metric = 'device.reachable' AND value = 1 GROUP BY source)`,
  );
  const result = {
    ...{ devices: DEVICES, ports: PORTS, interval_s: INTERVAL_S, round_s, cpu_percent },
    first_cpu_percent: first.cpu_percent,
    requests_per_s: Number((asked / seconds).toFixed(1)),
    events_per_s: Math.round(events / seconds),
    missed: Math.max(0, DEVICES * ROUNDS - polls),
  };
  say(`${polls} polls in ${seconds.toFixed(1)} s, at most ${round_s} s apart, ${cpu_percent} % of a core`);
  return result;
}

function inventory(): object[] {
  return Array.from({ length: DEVICES }, (_, n) => ({
    ...{
      id: `r-${n}`,
      name: `Bộ định tuyến ${n}`,
      kind: 'router',
      unit: `H49.${String((n % 14) + 1).padStart(2, '0')}`,
    },
    address: `127.1.${Math.floor(n / 250)}.${(n % 250) + 1}`,
    snmp: { version: '2c', port: PORT },
  }));
}

async function startAgents(cleanup: Bench['cleanup']): Promise<{ requests: () => Promise<number> }> {
  const args = [
    '--import',
    'tsx',
    join(import.meta.dirname, 'snmp-agents.ts'),
    String(DEVICES),
    String(PORT),
    String(PORTS),
  ];
  const child: ChildProcess = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  cleanup.add(async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill();
    await exited;
  });
  await once(child, 'message');
  return {
    requests: async () => {
      const answered = once(child, 'message');
      child.send('requests');
      const [answer] = z
        .tuple([z.looseObject({ text: z.coerce.number() })])
        .rest(z.unknown())
        .parse(await answered);
      return answer.text;
    },
  };
}

/** Processor time of a process over some seconds, in percent of one core. */
async function measured(pid: number, seconds: number): Promise<{ cpu_percent: number; seconds: number }> {
  const before = await ticksOf(pid);
  const begun = performance.now();
  await sleep(seconds * 1_000);
  const took = (performance.now() - begun) / 1_000;
  return { cpu_percent: Number((((await ticksOf(pid)) - before) / took).toFixed(1)), seconds: took };
}

/** Hundredths of a second that a process has used, as Linux counts them. */
async function ticksOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
