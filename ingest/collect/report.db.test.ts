import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../clickhouse/test-store.ts';
import { createIntakeTally } from '../intake-report.ts';
import { SourceLimitsSchema } from '../schema/source-limits.ts';
import { createReportSource } from './report-source.ts';
import { createSilenceWatch, heardSources } from './silence.ts';
import { readingSource, startTestCollector, type TestCollector } from './test-collector.ts';

let store: TestStore;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());

it('stores what came, what waits, and who fell silent, in the family of the intake', { timeout: 60_000 }, async () => {
  const tally = createIntakeTally();
  const sensor = readingSource();
  const limits = SourceLimitsSchema.parse({ families: { reading: { silent_after_s: 5 } } });
  let now = Date.now();
  const started: { running?: TestCollector } = {};
  const reports = createReportSource({
    ...{ process: 'collector', tally, clock: () => now, log: pino({ level: 'silent' }), report_ms: 100 },
    status: () => started.running?.collector.status() ?? [],
    silence: createSilenceWatch({ limits, working: { addMs: (from, ms) => from + ms }, process: 'collector' }),
    heard: () => heardSources(store.writer),
  });
  const running = await startTestCollector(store, [sensor, reports], { onCounted: tally.count });
  started.running = running;
  for (const value of ['1', '2', 'three']) sensor.take(value);
  const ask = async (query: string): Promise<unknown> =>
    (await store.owner.query({ query, format: 'JSONEachRow' })).json();
  const sums = () =>
    ask(`SELECT subject, sum(accepted) AS accepted, sum(rejected) AS rejected, sum(received) AS received
      FROM live.intake_event WHERE type = 'intake.report' AND startsWith(subject, 'test') GROUP BY subject ORDER BY subject`);
  await expect.poll(sums, { timeout: 20_000 }).toEqual([
    { subject: 'test', accepted: null, rejected: null, received: 3 },
    { subject: 'test/sensor', accepted: 2, rejected: 0, received: 2 },
    // what cannot be read names no source of its own
    { subject: 'test/test', accepted: 0, rejected: 1, received: 1 },
  ]);
  now += 60_000;
  const silent = () =>
    ask(
      `SELECT subject, name, limit_ms, count() AS n FROM history.intake_event WHERE type = 'intake.silent' GROUP BY ALL`,
    );
  await expect
    .poll(silent, { timeout: 20_000 })
    .toEqual([{ subject: 'reading/sensor', name: 'sensor', limit_ms: 5_000, n: 1 }]);
  expect(await ask(`SELECT any(queue_limit_bytes) > 0 AS bound FROM log.intake_event WHERE subject = 'test'`)).toEqual([
    { bound: 1 },
  ]);
  // the reports do not report of themselves
  expect(await ask(`SELECT count() AS n FROM log.intake_event WHERE startsWith(subject, 'report')`)).toEqual([
    { n: 0 },
  ]);
  await running.close();
});

it('says of the queues of a further collector apart from those of the first', { timeout: 60_000 }, async () => {
  const started: { running?: TestCollector } = {};
  const reports = createReportSource({
    ...{
      process: 'second',
      tally: createIntakeTally(),
      clock: Date.now,
      log: pino({ level: 'silent' }),
      report_ms: 100,
    },
    status: () => started.running?.collector.status() ?? [],
    heard: () => heardSources(store.writer),
  });
  started.running = await startTestCollector(store, [readingSource(), reports]);
  const queues = async (): Promise<unknown> =>
    (
      await store.owner.query({
        query: `SELECT DISTINCT subject, source, entry FROM live.intake_event WHERE endsWith(source, '/second')`,
        format: 'JSONEachRow',
      })
    ).json();
  await expect
    .poll(queues, { timeout: 20_000 })
    .toEqual([{ subject: 'test@second', source: 'toan-canh/second', entry: 'test' }]);
  await started.running.close();
});
