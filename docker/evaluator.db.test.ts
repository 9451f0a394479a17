import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { createEventPoster, type OwnEvent, type PostEvents } from '#api/actions/event-poster.ts';
import { startEvaluator, type Evaluator } from '#api/alerts/evaluator.ts';
import { IocError } from '#api/errors.ts';
import { createStore, type Store } from '#api/store.ts';
import { testProvince } from '#api/test-boards.ts';
import type { LoadedRule } from '#dashboards/dashboards.ts';
import { AlertRuleSchema, type WrittenAlertRule } from '#dashboards/schema/alert-rule.ts';
import { QuerySchema } from '#dashboards/schema/query.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

const TOKEN = 'token-of-the-product';
const MINUTE = 60_000;

let ingest: TestIngest;
let folder: string;
let post: PostEvents;
let store: Store;
const running: Evaluator[] = [];

/** A rule over the newest reading of each series of one metric: bad above 50. */
const ruleOf = (id: string, more: Partial<WrittenAlertRule> = {}): LoadedRule => {
  const text = { vi: id, en: id };
  const rows = { place: { type: 'text' }, unit: { type: 'text' }, value: { type: 'number', nullable: true } } as const;
  const query = QuerySchema.parse({
    description: id,
    params: { metric: { type: 'String', default: `test.${id}` } },
    rows,
  });
  return {
    ...AlertRuleSchema.parse({
      ...{ name: text, summary: text, description: text, runbook: { vi: ['Gọi'], en: ['Call'] }, domain: 'datacenter' },
      ...{
        query: id,
        by: ['place'],
        unit: 'unit',
        when: [
          { severity: 'critical', above: 90 },
          { severity: 'high', above: 50 },
        ],
      },
      ...{ for: '0', every: '1m', tests: [{ name: 'x', series: {}, states: {} }] },
      ...more,
    }),
    id,
    loaded: {
      ...query,
      id,
      sql: `SELECT toString(place) AS place, splitByChar('/', unit_path)[-2] AS unit, value FROM reading WHERE metric = {metric:String} ORDER BY place LIMIT 100`,
      relations: ['reading'],
    },
  };
};

const start = (rules: readonly LoadedRule[], through: Store = store): Evaluator => {
  const { units, calendar } = testProvince();
  const all = new Map(rules.map((rule) => [rule.id, rule]));
  const working = createWorkingTime(calendar);
  const evaluator = startEvaluator({
    store: through,
    post,
    clock: Date.now,
    book: () => ({ rules: all, units, working }),
    every_ms: 50,
  });
  running.push(evaluator);
  return evaluator;
};

let number = 0;
const reading = (metric: string, value: number, at: number, place = 'A'): OwnEvent => ({
  ...{ id: `reading-${(number += 1)}`, type: 'reading.sample', subject: place, unit: 'H49.02', at },
  data: { metric, value, place },
});
const evaluated = (at: number): OwnEvent => ({
  ...{ id: `evaluated-${at}`, type: 'alert.evaluated', subject: 'evaluator', unit: 'H49', at, data: {} },
});
const MovesSchema = z.array(z.looseObject({ subject: z.string(), at: z.coerce.number() }));
const moves = async (rule: string) =>
  MovesSchema.parse(
    await ingest.rows(
      `SELECT replaceOne(type, 'alert.', '') AS type, severity, toInt64(observed_at) AS at, toInt64(onset_at) AS onset, subject, unit_path
    FROM live.alert_event AS e WHERE rule = '${rule}' AND e.type != 'alert.measured' ORDER BY observed_at`,
    ),
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-evaluator-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: TOKEN, source: OWN_SOURCE }]));
  ingest = await startTestIngest({ tokensFile });
  post = createEventPoster({ url: ingest.url, token: TOKEN });
  store = createStore({ client: connect(ingest.store.accesses.reader, { quiet: true }), clock: Date.now });
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((evaluator) => evaluator.stop()));
});
afterAll(async () => {
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

it('evaluates every window that was missed, once, so that onsets are true; started again it says nothing again', async () => {
  const now = Date.now();
  const begun = Math.floor(now / MINUTE) * MINUTE - 20 * MINUTE;
  await post([
    evaluated(begun),
    reading('test.heat', 20, begun),
    reading('test.heat', 60, begun + 4.5 * MINUTE),
    reading('test.heat', 95, begun + 8.5 * MINUTE),
    reading('test.heat', 20, begun + 12.5 * MINUTE),
  ]);
  const rule = ruleOf('heat', { for: '2m', keep_firing_for: '1m' });
  const first = start([rule]);
  await expect.poll(() => first.isCaughtUp(), { timeout: 20_000 }).toBe(true);
  await first.stop();
  const minute = (count: number) => (begun + count * MINUTE) / 1000;
  const onset = minute(5);
  const told = [
    { type: 'pending', severity: 3, at: minute(5), onset },
    { type: 'firing', severity: 3, at: minute(7), onset },
    { type: 'firing', severity: 4, at: minute(9), onset },
    { type: 'recovering', severity: 4, at: minute(13), onset },
    { type: 'resolved', severity: 4, at: minute(14), onset },
  ];
  const seen = await moves('heat');
  expect(seen).toMatchObject(told);
  expect(seen).toHaveLength(told.length);
  expect(new Set(seen.map((row) => JSON.stringify([row.subject, row.unit_path]))).size).toBe(1);
  const second = start([rule]);
  await expect.poll(() => second.isCaughtUp(), { timeout: 20_000 }).toBe(true);
  await second.stop();
  expect(await moves('heat')).toEqual(seen);
});

it('says what is wrong within two seconds, the value as it goes on, and that a rule which is gone is over', async () => {
  const evaluator = start([ruleOf('smoke')]);
  await post([reading('test.smoke', 10, Date.now(), 'B')]);
  await expect.poll(() => evaluator.isCaughtUp()).toBe(true);
  const began = Date.now();
  await post([reading('test.smoke', 95, began, 'B')]);
  await expect
    .poll(() => moves('smoke'), { timeout: 5_000, interval: 50 })
    .toMatchObject([{ type: 'firing', severity: 4 }]);
  expect(Date.now() - began).toBeLessThan(2_000);
  await evaluator.stop();
  const without = start([ruleOf('another')]);
  await expect.poll(() => moves('smoke'), { timeout: 5_000 }).toMatchObject([{ type: 'firing' }, { type: 'resolved' }]);
  await without.stop();
});

it('holds everything while the database is away, and looks afterwards at what it missed', async () => {
  let isAway = false;
  const begun = Date.now();
  const broken: Store = {
    ...store,
    run: (...asked) => (isAway ? Promise.reject(new IocError('IOC_STORE_AWAY')) : store.run(...asked)),
    watermarks: () => (isAway ? Promise.reject(new IocError('IOC_STORE_AWAY')) : store.watermarks()),
  };
  const evaluator = start([ruleOf('flood', { every: '1s' })], broken);
  await post([reading('test.flood', 10, begun, 'C')]);
  await expect.poll(() => evaluator.isCaughtUp(), { timeout: 10_000 }).toBe(true);
  isAway = true;
  await post([reading('test.flood', 60, Date.now(), 'C')]);
  const bad = Date.now();
  // longer than a period and the slack: what lies between is a past that was missed
  await new Promise((go) => setTimeout(go, 8_000));
  await post([reading('test.flood', 10, Date.now(), 'C')]);
  expect(await moves('flood')).toEqual([]);
  isAway = false;
  await expect
    .poll(() => moves('flood'), { timeout: 10_000 })
    .toMatchObject([{ type: 'firing', severity: 3 }, { type: 'resolved' }]);
  const [firing] = await moves('flood');
  expect(Math.abs((firing?.at ?? 0) * 1000 - bad)).toBeLessThan(2_500);
  await evaluator.stop();
});

it('tells a query that fails from a value that is bad', async () => {
  const broken: Store = {
    ...store,
    run: (query, ...rest) =>
      query.id === 'fault' ? Promise.reject(new IocError('IOC_QUERY_FAILED')) : store.run(query, ...rest),
  };
  const evaluator = start([ruleOf('fault')], broken);
  await expect
    .poll(() => moves('fault'), { timeout: 5_000 })
    .toMatchObject([{ type: 'pending', severity: 3, unit_path: '/H49/' }]);
  await evaluator.stop();
});

it('goes on with five thousand open alerts after a restart: says none of them again, and ends none', async () => {
  const MANY = 5_000;
  const begun = Date.now() - 5 * MINUTE;
  const places = Array.from({ length: MANY }, (_, n) => `N${n}`);
  await post([evaluated(begun), ...places.map((place) => reading('test.many', 60, begun + 1_000, place))]);
  const rule = ruleOf('many');
  const wide = { ...rule.loaded, max_rows: MANY, sql: rule.loaded.sql.replace('LIMIT 100', `LIMIT ${MANY}`) };
  const first = start([{ ...rule, loaded: wide }]);
  await expect.poll(async () => (await moves('many')).length, { timeout: 60_000, interval: 500 }).toBe(MANY);
  await first.stop();
  const second = start([{ ...rule, loaded: wide }]);
  await expect.poll(() => second.isCaughtUp(), { timeout: 20_000 }).toBe(true);
  // it evaluates on: a look that lasts longer than the restart, and one bad value that is over
  await post([reading('test.many', 10, Date.now(), 'N7')]);
  await expect.poll(async () => (await moves('many')).length, { timeout: 20_000 }).toBe(MANY + 1);
  await second.stop();
  const seen = await moves('many');
  expect(seen.filter(({ type }) => type === 'firing')).toHaveLength(MANY);
  expect(new Set(seen.map(({ subject }) => subject)).size).toBe(MANY);
  expect(seen.filter(({ type }) => type === 'resolved')).toHaveLength(1);
}, 120_000);
