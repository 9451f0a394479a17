import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ClickHouseClient } from '@clickhouse/client';
import { connect } from '#ingest/clickhouse/client.ts';
import type { Bench } from './bench.ts';
import { insertBare, makeBareTables, readRound } from './bare.ts';
import { EVENT_KINDS, eventBatch } from './events.ts';
import { createPoster, inParallel, type Poster } from './poster.ts';
import { startBenchEngine, startBenchIngest } from './stack.ts';
import { quantile, rounded } from './stats.ts';

const BATCH = 1_000;
const CONNECTIONS = 8;
/** Batches of a round of one side; the sides take turns, so that both meet the same machine. */
const ROUND_BATCHES = 80;
const ROUNDS = 5;
/** Rate of the paced run, events/s. */
const PACE = 10_000;

/** Events per second through /v1/events, acknowledged, beside the same rows by a bare client; latency and memory at a steady rate. */
export async function benchIngest(bench: Bench): Promise<object> {
  const { options, say, cleanup } = bench;
  const stack = await startBenchEngine(bench);
  const ingest = await startBenchIngest(bench, stack);
  const owner = connect(stack.engine.accesses.owner, { connections: CONNECTIONS, timeout_ms: 60_000 });
  cleanup.add(() => owner.close());
  const poster = createPoster(ingest.url, ingest.token, CONNECTIONS);
  cleanup.add(poster.close);
  await makeBareTables(owner);
  const rates = await takeTurns(poster, owner, ingest.url, say);
  const paced = await pace(poster, ingest.pid, options.seconds, say);
  return { ...rates, ...paced, batch_events: BATCH, connections: CONNECTIONS };
}

async function takeTurns(poster: Poster, owner: ClickHouseClient, url: string, say: (text: string) => void) {
  const ours: number[] = [];
  const bare: number[] = [];
  // the first round warms both sides up and is not counted
  for (let round = 0; round <= ROUNDS; round++) {
    const prefix = `round${round}`;
    const bodies = Array.from({ length: ROUND_BATCHES }, (_, index) =>
      eventBatch(EVENT_KINDS[index % EVENT_KINDS.length] ?? 'reading', `${prefix}-${index}`, BATCH, Date.now()),
    );
    const events = ROUND_BATCHES * BATCH;
    const own_ms = await timed(() =>
      inParallel(bodies, CONNECTIONS, async (body) => {
        const reply = await poster.post(body);
        if (reply.accepted !== BATCH) throw new Error(`not all of a batch was accepted: ${JSON.stringify(reply)}`);
      }),
    );
    const batches = await readRound(owner, prefix, events, BATCH);
    const fold_ms = await timed(() => folded(url));
    await settle(owner);
    const bare_ms = await timed(() => inParallel(batches, CONNECTIONS, (batch) => insertBare(owner, batch)));
    await settle(owner);
    if (round === 0) continue;
    ours.push((events / own_ms) * 1000);
    bare.push((events / bare_ms) * 1000);
    say(
      `round ${round}: ${format(ours.at(-1))} events/s acknowledged, folded ${rounded(fold_ms)} ms later, bare client ${format(bare.at(-1))} rows/s`,
    );
  }
  const events_per_s = Math.round(quantile(ours, 0.5));
  const bare_events_per_s = Math.round(quantile(bare, 0.5));
  const ratio = Math.round((events_per_s / bare_events_per_s) * 100) / 100;
  say(`median of ${ROUNDS} rounds: ${format(events_per_s)} and ${format(bare_events_per_s)}, ratio ${ratio}`);
  return { events_per_s, bare_events_per_s, ratio };
}

/** Sends at a steady rate. An acknowledgement is timed from the instant at which its batch was due, so a stall counts for all it delays. */
async function pace(poster: Poster, pid: number, seconds: number, say: (text: string) => void) {
  const acks: number[] = [];
  const rss: number[] = [];
  const every_ms = (BATCH / PACE) * 1000;
  const pending = new Set<Promise<void>>();
  const began = performance.now();
  for (let index = 0; index * every_ms < seconds * 1000; index++) {
    const kind = EVENT_KINDS[index % EVENT_KINDS.length] ?? 'reading';
    const body = eventBatch(kind, `paced-${index}`, BATCH, Date.now());
    const due = began + index * every_ms;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const sent = poster.post(body).then(() => {
      acks.push(performance.now() - due);
      pending.delete(sent);
    });
    pending.add(sent);
    if (index % Math.round(1000 / every_ms) === 0) rss.push(await residentMb(pid));
  }
  await Promise.all(pending);
  const real = (acks.length * BATCH) / ((performance.now() - began) / 1000);
  const ends = Math.max(1, Math.floor(rss.length / 10));
  const rss_mb = [rounded(quantile(rss.slice(0, ends), 0.5)), rounded(quantile(rss.slice(-ends), 0.5))];
  const result = {
    ack_p50_ms: rounded(quantile(acks, 0.5)),
    ack_p99_ms: rounded(quantile(acks, 0.99)),
    paced_events_per_s: Math.round(real),
    paced_s: seconds,
    rss_mb,
    rss_max_mb: Math.max(...rss),
  };
  say(
    `${format(real)} events/s for ${seconds} s: acknowledged in ${result.ack_p50_ms} ms, p99 ${result.ack_p99_ms} ms`,
  );
  say(`memory of ingest: ${rss_mb.join(' → ')} MB, most ${result.rss_max_mb} MB`);
  return result;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Waits until the dossiers of all that was acknowledged are folded: that work is ours, not the other side's. */
async function folded(url: string): Promise<void> {
  for (let wait = 0; wait < 600; wait++) {
    const text = await (await fetch(`${url}/metrics`)).text();
    if (/^ingest_unfolded_seconds 0$/m.test(text)) return;
    await sleep(100);
  }
}

/** Waits for the merges that a side left behind, so that the other does not pay for them. */
async function settle(client: ClickHouseClient): Promise<void> {
  for (let wait = 0; wait < 50; wait++) {
    await sleep(100);
    const reply = await client.query({ query: 'SELECT count() AS n FROM system.merges', format: 'JSONEachRow' });
    const [merges] = await reply.json<{ n: number | string }>();
    if (Number(merges?.n) === 0) return;
  }
}

async function residentMb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return rounded(Number(stdout) / 1024);
}

function format(value: number | undefined): string {
  return Math.round(value ?? NaN).toLocaleString('en-US');
}
