import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { connect } from '#ingest/clickhouse/client.ts';
import { hasRsyslog, startRsyslog } from '#ingest/sources/syslog/test-rsyslog.ts';
import type { Bench } from './bench.ts';
import { linesOf, sendTcp } from './syslog-lines.ts';
import { startBenchCollector, startBenchEngine, type BenchCollector } from './stack.ts';

/** Lines of the stream; and rates of datagrams, a second each. */
const LINES = 500_000;
const WARM_UP = 100_000;
const UDP_RATES = [5_000, 10_000, 20_000, 40_000, 80_000];
const UDP_SECONDS = 3;
/** Longest wait for what was sent, in milliseconds. */
const LONGEST_MS = 300_000;

/** What datagrams became at a rate. */
interface UdpRun {
  asked_per_s: number;
  sent_per_s: number;
  sent: number;
  lost: number;
}

/** What the bench of syslog says. */
export interface SyslogResult {
  /** Stored by one collector, from the first byte of a TCP stream to the last row. */
  messages_per_s: number;
  /** rsyslog writing the same stream to a file; null where it is not installed. */
  rsyslog_messages_per_s: number | null;
  ratio: number | null;
  lost: number;
  /** The same stream, its senders divided between collectors. */
  workers: { collectors: number; messages_per_s: number; lost: number };
  udp: UdpRun[];
}

const StatusSchema = z.object({
  sources: z.array(z.object({ entry: z.string(), received: z.number(), dropped: z.number(), spool_bytes: z.number() })),
});

/**
 * Measures how fast one collector stores a stream of syslog, beside rsyslog that writes the same stream to a file, and how much of datagrams at rising rates is lost. The
 * sender, the collector and the engine share the processors.
 */
export async function benchSyslog(bench: Bench): Promise<SyslogResult> {
  const { say, cleanup } = bench;
  const engine = await startBenchEngine(bench);
  const collector = await startBenchCollector(bench, engine);
  const owner = connect(engine.engine.accesses.owner);
  cleanup.add(() => owner.close());
  const stored = async (): Promise<number> => {
    const reply = await owner.query({ query: 'SELECT count() FROM log.syslog_event', format: 'JSONCompactEachRow' });
    return z.array(z.tuple([z.coerce.number()])).parse(await reply.json())[0]?.[0] ?? 0;
  };
  const stream = linesOf(LINES, Date.now());
  say(`${LINES} lines, ${Math.round(stream.length / LINES)} bytes each`);
  const { messages_per_s, lost } = await storeRate([collector], stored);
  say(`stored ${messages_per_s}/s, lost ${lost}`);

  const rsyslog_messages_per_s = hasRsyslog() ? await rsyslogRate(bench, stream, engine.folder) : null;
  const ratio = rsyslog_messages_per_s === null ? null : Number((messages_per_s / rsyslog_messages_per_s).toFixed(3));
  const udp: UdpRun[] = [];
  for (const rate of UDP_RATES) {
    const before = await stored();
    const { sent, sent_per_s } = await sendUdp(rate, collector.syslog_port);
    await isStored(collector);
    udp.push({ asked_per_s: rate, sent_per_s, sent, lost: sent - ((await stored()) - before) });
    say(`UDP ${rate}/s: sent ${sent} at ${sent_per_s}/s, lost ${udp.at(-1)?.lost ?? 0}`);
  }
  const second = await startBenchCollector(
    bench,
    { ...engine, folder: join(engine.folder, 'second') },
    { COLLECTOR_NAME: 'second', COLLECTS: 'syslog' },
  );
  const workers = { collectors: 2, ...(await storeRate([collector, second], stored)) };
  say(`${workers.collectors} collectors stored ${workers.messages_per_s}/s, lost ${workers.lost}`);
  return { messages_per_s, rsyslog_messages_per_s, ratio, lost, workers, udp };
}

/** How fast the lines are stored by collectors that have equal parts of them, once some have warmed them up. */
async function storeRate(
  collectors: readonly BenchCollector[],
  stored: () => Promise<number>,
): Promise<{ messages_per_s: number; lost: number }> {
  const run = async (lines: number): Promise<{ seconds: number; lost: number }> => {
    const part = lines / collectors.length;
    const streams = collectors.map((collector) => ({ collector, bytes: linesOf(part, Date.now()) }));
    const before = await stored();
    const begun = performance.now();
    await Promise.all(
      streams.map(async ({ collector, bytes }) => {
        const { received } = await stateOf(collector);
        await sendTcp(bytes, collector.syslog_port);
        await isStored(collector, received + part);
      }),
    );
    const seconds = (performance.now() - begun) / 1_000;
    return { seconds, lost: lines - ((await stored()) - before) };
  };
  const { lost: lost_first } = await run(WARM_UP);
  const { seconds, lost } = await run(LINES);
  return { messages_per_s: Math.round(LINES / seconds), lost: lost_first + lost };
}

/** Sends for some seconds, in steps of five milliseconds. */
async function sendUdp(rate: number, port: number): Promise<{ sent: number; sent_per_s: number }> {
  const socket = createSocket('udp4');
  socket.connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const lines = linesOf(2_000, Date.now())
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line));
  const begun = performance.now();
  let sent = 0;
  while (performance.now() - begun < UDP_SECONDS * 1_000) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate);
    for (; sent < due; sent += 1) socket.send(lines[sent % lines.length] ?? '');
    await sleep(5);
  }
  const sent_per_s = Math.round(sent / ((performance.now() - begun) / 1_000));
  await new Promise((done) => socket.send('', done));
  socket.close();
  return { sent, sent_per_s };
}

async function stateOf(collector: BenchCollector): Promise<{ received: number; spool_bytes: number }> {
  const { sources } = StatusSchema.parse(await (await fetch(`${collector.url}/status`)).json());
  return sources.find(({ entry }) => entry === 'syslog') ?? { received: 0, spool_bytes: 0 };
}

/** Waits until the collector has taken so many since its start, and nothing of it waits for the store. */
async function isStored(collector: BenchCollector, received = 0): Promise<void> {
  for (const end = performance.now() + LONGEST_MS; performance.now() < end; await sleep(20)) {
    const state = await stateOf(collector);
    if (state.received >= received && state.spool_bytes === 0) return;
  }
}

async function rsyslogRate({ say, cleanup }: Bench, stream: Buffer, folder: string): Promise<number> {
  const own = join(folder, 'rsyslog');
  await mkdir(own);
  const rsyslog = await startRsyslog(own, 'property(name="rawmsg") constant(value="\\n")');
  cleanup.add(rsyslog.close);
  const begun = performance.now();
  await sendTcp(stream, rsyslog.port);
  for (let bytes = 0; bytes < stream.length && performance.now() - begun < LONGEST_MS; await sleep(10))
    bytes = await rsyslog.written();
  const rate = Math.round(LINES / ((performance.now() - begun) / 1_000));
  say(`rsyslog wrote ${rate}/s to a file`);
  return rate;
}
