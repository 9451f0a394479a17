import { fork } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { z } from 'zod';
import { createEventPoster, type OwnEvent } from '#api/actions/event-poster.ts';
import type { WrittenAlertRule } from '#dashboards/schema/alert-rule.ts';
import type { WrittenQuery } from '#dashboards/schema/query.ts';
import { startProduct, type Product } from '../product.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { evaluateMany, INSTANCES } from './alerts-evaluation.ts';
import { prometheusEvaluation } from './alerts-prometheus.ts';
import { quantile, rounded } from './stats.ts';

const BOARD = 'toan-canh';
/** How long the condition of the measured rule has to hold, in seconds: the time to the wall is counted beyond it. */
const FOR_S = 5;
const PROBES = 40;
const METRIC = 'bench.probe';

const SeenSchema = z.object({ type: z.literal('seen'), seen: z.array(z.tuple([z.number(), z.number()])) });

/**
 * How long it takes from an event's sending to its alert on the wall, beyond the `for` of its rule, in the whole product with its simulator; and how long one evaluation of
 * many rules takes, beside Debian's Prometheus with as many, where it is installed.
 */
export async function benchAlerts(bench: Bench): Promise<object> {
  const { say } = bench;
  const wall = await toWall(bench);
  say(
    `event to alert on the wall beyond its for: p50 ${wall.p50_ms} ms, p95 ${wall.p95_ms} ms, at most ${wall.max_ms} ms over ${wall.seen} of ${PROBES} probes`,
  );
  const ours = await evaluateMany(bench);
  say(`${INSTANCES} rules evaluated in ${ours} s (median of rounds)`);
  const theirs = await prometheusEvaluation(bench, INSTANCES);
  say(theirs === null ? 'Prometheus is not installed' : `Prometheus evaluates ${INSTANCES} rules in ${theirs} s`);
  return {
    to_wall_p95_ms: wall.p95_ms,
    to_wall_p50_ms: wall.p50_ms,
    probes_missed: PROBES - wall.seen,
    instances: INSTANCES,
    evaluation_s: ours,
    prometheus_evaluation_s: theirs,
    ratio: theirs === null || theirs === 0 ? null : rounded(ours / theirs),
  };
}

async function toWall({ env, cleanup }: Bench) {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-bench-dashboards-'));
  cleanup.add(() => rm(folder, { recursive: true, force: true }));
  await cp(join(ROOT, 'dashboards'), folder, { recursive: true });
  await writeRule(folder);
  const product = await startProduct({ env, set: { PRELOAD_DAYS: '1', SEED: '1', DASHBOARDS_DIR: folder } });
  cleanup.add(product.stop);
  const sightings = await watch(product, cleanup.add);
  await sleep(15_000);
  const post = createEventPoster({ url: product.ingest_url, token: product.token });
  const sent = new Map<number, number>();
  for (let probe = 0; probe < PROBES; probe += 1) {
    const at = Date.now();
    sent.set(probe, at);
    await post([reading(probe, 100, at)]);
    await sleep(137 * (1 + (probe % 5)));
  }
  await sleep(FOR_S * 1000 + 5_000);
  const times = [...sent].flatMap(([probe, at]) => {
    const seen = sightings.get(probe);
    return seen === undefined ? [] : [seen - at - FOR_S * 1000];
  });
  await product.stop();
  return {
    p50_ms: quantile(times, 0.5),
    p95_ms: quantile(times, 0.95),
    max_ms: quantile(times, 1),
    seen: times.length,
  };
}

function reading(probe: number, value: number, at: number): OwnEvent {
  return {
    ...{ id: `bench-${probe}-${at}`, type: 'reading.sample', subject: `probe-${probe}`, unit: 'H49.02', at },
    data: { metric: METRIC, value, place: `probe-${probe}` },
  };
}

/** A query and a rule of the bench's own, beside those that ship. */
async function writeRule(folder: string): Promise<void> {
  const query: WrittenQuery = {
    description: 'Newest values of probes',
    rows: { place: { type: 'text' }, unit: { type: 'text' }, value: { type: 'number', nullable: true } },
  };
  const text = { vi: 'Thử {text}', en: 'Probe {text}' };
  const rule: WrittenAlertRule = {
    ...{ name: text, summary: text, description: text, runbook: { vi: ['Chờ'], en: ['Wait'] }, domain: 'product' },
    ...{ query: 'bench', by: ['place'], unit: 'unit', text: 'place', for: `${FOR_S}s` },
    when: [{ severity: 'critical', above: 50 }],
    tests: [
      {
        name: 'quiet, pending, firing, resolved, and without data',
        every: `${FOR_S}s`,
        series: { 'place=a': '10 100 100 10 _' },
        states: { 'place=a': 'normal pending firing normal normal' },
      },
    ],
  };
  await writeFile(join(folder, 'queries/bench.yaml'), stringify(query));
  await writeFile(
    join(folder, 'queries/bench.sql'),
    `-- One row a probe; its newest value.\nSELECT toString(place) AS place, splitByChar('/', unit_path)[-2] AS unit, value FROM reading WHERE metric = '${METRIC}' ORDER BY place LIMIT 1000\n`,
  );
  await writeFile(join(folder, 'alerts/bench.yaml'), stringify(rule));
}

/** A viewer of the wall: when it saw each probe first, epoch ms. */
async function watch(product: Product, onEnd: (end: () => void) => void): Promise<Map<number, number>> {
  const child = fork(join(import.meta.dirname, 'viewers.ts'), [product.url, BOARD, '1'], {
    execArgv: ['--import', 'tsx'],
  });
  onEnd(() => void child.kill());
  const sightings = new Map<number, number>();
  child.on('message', (raw) => {
    const report = SeenSchema.safeParse(raw);
    if (!report.success) return;
    for (const [probe, at] of report.data.seen) if (!sightings.has(probe)) sightings.set(probe, at);
  });
  await new Promise<void>((done, fail) => {
    child.once('message', () => done());
    child.once('exit', () => fail(new Error('the viewer ended')));
  });
  return sightings;
}
