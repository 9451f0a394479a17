import { setTimeout as sleep } from 'node:timers/promises';
import { startEvaluator } from '#api/alerts/evaluator.ts';
import { createEventPoster, type OwnEvent } from '#api/actions/event-poster.ts';
import { createStore, type Store } from '#api/store.ts';
import { loadDashboards } from '#dashboards/load.ts';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import { AlertRuleSchema } from '#dashboards/schema/alert-rule.ts';
import { QuerySchema } from '#dashboards/schema/query.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { join } from 'node:path';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { startBenchEngine, startBenchIngest } from './stack.ts';
import { quantile } from './stats.ts';

/** How many rules are evaluated, each of one instance. */
export const INSTANCES = 5_000;
const ROUNDS = 15;
const METRIC = 'bench.load';
const PART = 500;

/** How long one evaluation of all rules takes, from the question to the last judgement: the median of rounds, in seconds. Half of them fire. */
export async function evaluateMany(bench: Bench): Promise<number> {
  const started = await startBenchEngine(bench);
  const ingest = await startBenchIngest(bench, started);
  const post = createEventPoster({ url: ingest.url, token: ingest.token });
  for (let from = 0; from < INSTANCES; from += PART)
    await post(Array.from({ length: PART }, (_, index) => reading(from + index, Date.now())));
  const { dashboards } = await loadDashboards({ folder: join(ROOT, 'dashboards'), province: 'quang-ninh-2019' });
  if (!dashboards) throw new Error('the dashboards that ship cannot be read');
  const { units, calendar } = dashboards.province;
  const rules = rulesOver();
  const working = createWorkingTime(calendar);
  const client = connect(started.engine.accesses.reader, { quiet: true });
  bench.cleanup.add(() => client.close());
  const store = createStore({ client, clock: Date.now });
  const spent: number[] = [];
  const evaluator = startEvaluator({
    store: timed(store, spent),
    post,
    clock: Date.now,
    book: () => ({ rules, units, working }),
    every_ms: PAUSE_MS,
  });
  bench.cleanup.add(evaluator.stop);
  while (spent.length < ROUNDS) {
    // something new is there, so that all is looked at again
    await post([reading(0, Date.now())]);
    await sleep(700);
  }
  await evaluator.stop();
  return quantile(spent.slice(2), 0.5) / 1000;
}

const PAUSE_MS = 10;

/** The store, telling how long it takes from each question of the rules to the end of the look that asked it: the next look begins a pause later. */
function timed(store: Store, spent: number[]): Store {
  let asked: number | undefined;
  return {
    ...store,
    run: (query, ...rest) => {
      if (query.id === 'bench') asked = performance.now();
      return store.run(query, ...rest);
    },
    watermarks: () => {
      if (asked !== undefined) spent.push(performance.now() - asked - PAUSE_MS);
      asked = undefined;
      return store.watermarks();
    },
  };
}

function reading(instance: number, at: number): OwnEvent {
  return {
    ...{ id: `load-${instance}-${at}`, type: 'reading.sample', subject: `load-${instance}`, unit: 'H49', at },
    data: { metric: METRIC, value: instance % 2 === 0 ? 100 : 10, place: `load-${instance}` },
  };
}

function rulesOver(): Map<string, LoadedRule> {
  const query = QuerySchema.parse({
    description: 'Newest values',
    rows: { place: { type: 'text' }, value: { type: 'number', nullable: true } },
    max_rows: 10_000,
  });
  const sql = `SELECT toString(place) AS place, value FROM reading WHERE metric = '${METRIC}' ORDER BY place LIMIT 10000`;
  const loaded = { ...query, id: 'bench', sql, relations: ['reading'] };
  const text = { vi: 'Thử', en: 'Probe' };
  const written = AlertRuleSchema.parse({
    ...{ name: text, summary: text, description: text, runbook: { vi: ['Chờ'], en: ['Wait'] }, domain: 'product' },
    ...{ query: 'bench', when: [{ severity: 'high', above: 50 }], for: '1m' },
    tests: [{ name: 'x', series: {}, states: {} }],
  });
  return new Map(
    Array.from({ length: INSTANCES }, (_, index) => {
      const id = `load-${index}`;
      return [id, { ...written, where: { place: id }, id, loaded }];
    }),
  );
}
