import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startProduct, type Product } from '../product.ts';
import type { Bench } from './bench.ts';
import { eventLine } from './events.ts';
import { createPoster, type Poster } from './poster.ts';
import { quantile, rounded } from './stats.ts';
import { linesOf, sendTcp } from './syslog-lines.ts';

const BOARD = 'toan-canh';
/** Events per second that go in, in this many requests. */
const RATE = 1_000;
const REQUESTS = 10;
/** A probe in every so many requests: the ticker shows the newest twelve alerts, and each must stay until it was looked at. */
const PROBE_EVERY = 4;
/** Time after joining that is not measured: every panel has then run, and a new product has settled. */
const WARM_MS = 15_000;
const CONNECTIONS = 32;
/** Lines of syslog that come within a second while one viewer watches, and how long the wall is looked at from then on. */
const FLOOD = { lines: 40_000, parts: 20, look_ms: 10_000 };

const SeenSchema = z.object({
  type: z.literal('seen'),
  seen: z.array(z.tuple([z.number(), z.number()])),
  messages: z.number(),
});

/** The time from an event's sending to its message in the browser, and database queries per second, by number of viewers. */
export async function benchLive({ options, env, say, cleanup }: Bench): Promise<object> {
  const syslog_port = await freePort();
  const product = await startProduct({ env, set: { PRELOAD_DAYS: '1', SEED: '1', SYSLOG_PORT: String(syslog_port) } });
  cleanup.add(product.stop);
  const poster = createPoster(product.ingest_url, product.token, CONNECTIONS);
  cleanup.add(poster.close);
  const viewers: object[] = [];
  for (const [index, n] of options.viewers.entries()) {
    const result = await measure(product, poster, { viewers: n, round: index + 1, run_ms: options.seconds * 1000 });
    viewers.push({ n, ...result });
    say(
      `${n} viewers: event to message p50 ${result.p50_ms} ms, p95 ${result.p95_ms} ms over ${result.sightings} sightings of ${result.probes} probes (${result.missed} missed); ` +
        `${result.queries_per_s} queries/s; ${result.messages_per_s} messages/s; acknowledged p95 ${result.ack_p95_ms} ms`,
    );
  }
  const { sent_ms, result } = await flooded(product, poster, syslog_port);
  const flood = {
    lines: FLOOD.lines,
    sent_ms,
    p95_ms: result.p95_ms,
    max_ms: result.max_ms,
    ack_p95_ms: result.ack_p95_ms,
  };
  say(
    `${FLOOD.lines} lines of syslog in ${sent_ms} ms: event to message p95 ${flood.p95_ms} ms, at most ${flood.max_ms} ms; acknowledged p95 ${flood.ack_p95_ms} ms; ${result.missed} missed`,
  );
  return { viewers, flood, events_per_s: RATE, seconds: options.seconds };
}

/** What one viewer sees while a flood of syslog comes: in parts, so that they are sent over a second rather than at once. */
async function flooded(product: Product, poster: Poster, port: number) {
  const part = FLOOD.lines / FLOOD.parts;
  let sent_ms = 0;
  const flood = async (): Promise<void> => {
    const parts = Array.from({ length: FLOOD.parts }, () => linesOf(part, Date.now()));
    const began = performance.now();
    const sending: Promise<void>[] = [];
    for (const [turn, bytes] of parts.entries()) {
      await sleep(Math.max(0, began + (turn * 1000) / FLOOD.parts - performance.now()));
      sending.push(sendTcp(bytes, port));
    }
    await Promise.all(sending);
    sent_ms = Math.round(performance.now() - began);
  };
  // a number that no other round has, so that its probes are its own
  const result = await measure(product, poster, { viewers: 1, round: 0, run_ms: FLOOD.look_ms, during: flood });
  return { sent_ms, result };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** A round: how many watch, a small number that its probes are named after (nine digits would be taken out as a paper's), how long it takes, and what happens meanwhile. */
interface Round {
  viewers: number;
  round: number;
  run_ms: number;
  during?: () => Promise<void>;
}

async function measure(product: Product, poster: Poster, { viewers: n, round, run_ms, during }: Round) {
  const child = fork(join(import.meta.dirname, 'viewers.ts'), [product.url, BOARD, String(n)], {
    execArgv: ['--import', 'tsx'],
  });
  try {
    await watching(child);
    const sightings = new Map<number, number[]>();
    let messages = 0;
    child.on('message', (raw) => {
      const report = SeenSchema.safeParse(raw);
      if (!report.success) return;
      messages = report.data.messages;
      for (const [probe, at] of report.data.seen) sightings.set(probe, [...(sightings.get(probe) ?? []), at]);
    });
    const feed = startFeed(poster, round);
    await sleep(WARM_MS);
    const [queries, sent, began] = [await countQueries(product), messages, performance.now()];
    const first = feed.sent.size;
    await Promise.all([sleep(run_ms), during?.()]);
    const seconds = (performance.now() - began) / 1000;
    const queries_per_s = rounded(((await countQueries(product)) - queries) / seconds);
    const messages_per_s = rounded((messages - sent) / seconds);
    const probes = [...feed.sent].slice(first);
    await feed.stop();
    const ack_p95_ms = quantile(feed.acks, 0.95);
    // the last ones are still on their way
    await sleep(3_000);
    const times = probes.flatMap(([probe, at]) => (sightings.get(probe) ?? []).map((seen) => seen - at));
    return {
      p50_ms: quantile(times, 0.5),
      p95_ms: quantile(times, 0.95),
      max_ms: quantile(times, 1),
      queries_per_s,
      messages_per_s,
      ack_p95_ms,
      probes: probes.length,
      sightings: times.length,
      missed: probes.length * n - times.length,
    };
  } finally {
    child.kill();
  }
}

/** Events on their way in. */
interface Feed {
  /** The instant of sending of every probe (epoch ms). */
  sent: Map<number, number>;
  /** Times from sending to acknowledgement, in milliseconds. */
  acks: number[];
  stop: () => Promise<void>;
}

/** Sends events at the rate; in every fourth request the last is a probe. */
function startFeed(poster: Poster, round: number): Feed {
  const sent = new Map<number, number>();
  const acks: number[] = [];
  let isOn = true;
  const loop = async (): Promise<void> => {
    const began = performance.now();
    const pending = new Set<Promise<unknown>>();
    for (let turn = 0; isOn; turn++) {
      await sleep(Math.max(0, began + (turn * 1000) / REQUESTS - performance.now()));
      const now = Date.now();
      const probe = round * 1_000_000 + turn;
      const lines = Array.from({ length: RATE / REQUESTS }, (_, index) =>
        eventLine(kindOf(index), `live-${round}-${turn}`, index, now),
      );
      if (turn % PROBE_EVERY === 0) {
        lines.splice(-1, 1, probeLine(probe, now));
        sent.set(probe, now);
      }
      const call = poster.post(lines.join('\n')).then(() => {
        acks.push(Date.now() - now);
        pending.delete(call);
      });
      pending.add(call);
    }
    await Promise.all(pending);
  };
  const done = loop();
  return {
    sent,
    acks,
    stop: async () => {
      isOn = false;
      await done;
    },
  };
}

/** Mostly measurements, as on any day; alerts are the probes alone, so that the ticker has room for each. */
function kindOf(index: number): 'reading' | 'link' | 'security' | 'dossier' {
  if (index % 20 === 0) return 'dossier';
  if (index % 5 === 0) return 'security';
  return index % 2 === 0 ? 'reading' : 'link';
}

function probeLine(probe: number, time: number): string {
  return JSON.stringify({
    specversion: '1.0',
    id: `probe-${probe}`,
    source: 'bench-probe',
    type: 'security.alert',
    time: new Date(time).toISOString(),
    unit: 'H49',
    subject: `probe-${probe}`,
    data: { severity: 'low', category: 'probe', signature: 'probe', asset: `probe-${probe}`, action: 'allowed' },
  });
}

async function watching(child: ChildProcess): Promise<void> {
  await new Promise<void>((done, fail) => {
    child.once('message', () => done());
    child.once('exit', (code) => fail(new Error(`the viewers ended with code ${code ?? 'none'}`)));
  });
}

/** Database queries that the API has made, of every kind. */
async function countQueries({ url }: Product): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return text
    .split('\n')
    .filter((line) => line.startsWith('toancanh_query_ms_count'))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
