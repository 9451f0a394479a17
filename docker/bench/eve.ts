import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { startBenchCollector, startBenchEngine } from './stack.ts';

/** Lines of the log that is measured, and of the one before it. */
const LINES = 200_000;
const WARM_UP = 20_000;
/** Longest wait for what was written, in milliseconds. */
const LONGEST_MS = 300_000;

/** What the bench of EVE says. */
export interface EveResult {
  /** Stored by one collector that follows the log, from the first line to the last row. */
  lines_per_s: number;
  lost: number;
  /** Mean length of a line. */
  bytes_per_line: number;
}

const EventSchema = z.array(z.tuple([z.coerce.number()]));

/** Lines as Suricata writes them: flows and name queries by the dozen, an alert now and then. */
function linesOf(from: number, count: number, start: number): string {
  const lines: string[] = [];
  for (let n = from; n < from + count; n += 1) {
    const base = {
      timestamp: new Date(start - (n % 60_000)).toISOString().replace('Z', '000+0000'),
      flow_id: 1_000_000_000_000 + n,
      in_iface: 'eth0',
      src_ip: `10.${n % 20}.${n % 250}.${n % 200}`,
      src_port: 1_024 + (n % 60_000),
      dest_ip: `203.0.113.${n % 250}`,
      dest_port: n % 3 === 0 ? 443 : 53,
      proto: n % 3 === 0 ? 'TCP' : 'UDP',
    };
    const more = [
      {
        event_type: 'flow',
        app_proto: 'tls',
        flow: {
          ...{ pkts_toserver: n % 90, pkts_toclient: n % 70, bytes_toserver: n % 90_000, bytes_toclient: n % 700_000 },
          ...{ start: base.timestamp, end: base.timestamp, age: n % 300, state: 'closed', reason: 'timeout' },
        },
      },
      {
        event_type: 'dns',
        dns: { type: 'answer', id: n % 65_536, rrname: `mot-cua-${n % 310}.example.vn`, rrtype: 'A', rcode: 'NOERROR' },
      },
      {
        event_type: 'alert',
        alert: {
          ...{ action: 'allowed', gid: 1, signature_id: 2_000_000 + (n % 4_000), rev: 3, severity: 1 + (n % 3) },
          ...{ signature: `ET SCAN Suspicious inbound ${n % 400}`, category: 'Attempted Information Leak' },
        },
        app_proto: 'http',
      },
    ];
    lines.push(JSON.stringify({ ...base, ...more[n % 10 === 9 ? 2 : n % 2] }));
  }
  return `${lines.join('\n')}\n`;
}

/** Measures how fast one collector stores the log of a Suricata that it follows. The writer, the collector and the engine share the processors. */
export async function benchEve(bench: Bench): Promise<EveResult> {
  const { say, cleanup } = bench;
  const engine = await startBenchEngine(bench);
  const feeds = join(engine.folder, 'feeds');
  const path = join(engine.folder, 'eve.json');
  await mkdir(feeds);
  await writeFile(path, '');
  await writeFile(
    join(feeds, 'suricata.yaml'),
    stringify({
      ...{ kind: 'tail', name: { vi: 'Suricata', en: 'Suricata' }, source: 'suricata', unit: 'H49.02' },
      ...{ path, format: 'eve' },
    }),
  );
  await cp(join(ROOT, 'dashboards', 'measures'), join(engine.folder, 'measures'), { recursive: true });
  await startBenchCollector(bench, engine, { FEEDS_DIR: feeds, LOG_LEVEL: 'warn' });
  const owner = connect(engine.engine.accesses.owner);
  cleanup.add(() => owner.close());
  const stored = async (): Promise<number> => {
    const reply = await owner.query({ query: 'SELECT count() FROM log.security_event', format: 'JSONCompactEachRow' });
    return EventSchema.parse(await reply.json())[0]?.[0] ?? 0;
  };
  const isStored = async (rows: number): Promise<void> => {
    for (const end = performance.now() + LONGEST_MS; performance.now() < end; await sleep(20))
      if ((await stored()) >= rows) return;
  };
  await appendFile(path, linesOf(0, WARM_UP, Date.now()));
  await isStored(WARM_UP);

  const text = linesOf(WARM_UP, LINES, Date.now());
  const bytes_per_line = Math.round(text.length / LINES);
  say(`${LINES} lines, ${bytes_per_line} bytes each`);
  const begun = performance.now();
  await appendFile(path, text);
  await isStored(WARM_UP + LINES);
  const lines_per_s = Math.round(LINES / ((performance.now() - begun) / 1_000));
  const lost = WARM_UP + LINES - (await stored());
  say(`stored ${lines_per_s}/s, lost ${lost}`);
  return { lines_per_s, lost, bytes_per_line };
}
