import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { MeasuresSchema } from '#dashboards/schema/measure.ts';
import { ReadingDataSchema } from '#ingest/schema/reading.ts';
import type { OwnEvent } from '../actions/event-poster.ts';
import { IocError } from '../errors.ts';
import { readingsOf, startOwnHealth } from './own-health.ts';

const MEASURES = join(import.meta.dirname, '../../dashboards/measures/product.yaml');

it('says what the product knows of itself as readings, in the units of its measures', () => {
  const figures = {
    disk_free_share: 41.5,
    ingest_lag_s: 0.2,
    evaluator_lag_s: null,
    audit_differences: 0,
    parent_lag_s: 12,
  };
  const events = readingsOf(figures, 'H49', 1_000);
  const { measures } = MeasuresSchema.parse(parse(readFileSync(MEASURES, 'utf8')));
  expect(events.map(({ id, unit, subject }) => [id, unit, subject])[0]).toEqual(['product.disk_free_share-1000', 'H49', 'toan-canh']); // prettier-ignore
  const read = events.map(({ data }) => ReadingDataSchema.parse(data));
  expect(read.map(({ metric, value }) => [metric, value])).toEqual(Object.entries(figures).map(([name, value]) => [`product.${name}`, value])); // prettier-ignore
  for (const { metric, value_unit } of read) expect(measures[metric.slice('product.'.length)]?.unit).toBe(value_unit);
  expect(readingsOf({ ...figures, ingest_lag_s: undefined }, 'H49', 1_000)).toHaveLength(4);
});

it('measures the disk, and how long storing took from the first attempt that did not come through', async () => {
  const posted: OwnEvent[][] = [];
  let attempts = 0;
  const failures: unknown[] = [];
  await new Promise<void>((resolve) => {
    const health = startOwnHealth({
      post: async (events) => {
        attempts += 1;
        await Promise.resolve();
        if (attempts === 1) throw new IocError('IOC_INGEST_AWAY');
        posted.push([...events]);
        if (posted.length === 2) {
          health.stop();
          resolve();
        }
        return events.length;
      },
      clock: () => 1_000 + attempts,
      unit: () => 'H49',
      folder: tmpdir(),
      lag_s: () => 0.5,
      differences: () => null,
      parent_lag_s: () => undefined,
      every_ms: 40,
      failed: (error) => failures.push(error),
    });
  });
  expect(failures).toHaveLength(1);
  const valueOf = (events: OwnEvent[] | undefined, metric: string) =>
    events?.map(({ data }) => data).find((data) => data['metric'] === metric)?.['value'];
  expect(valueOf(posted[0], 'product.disk_free_share')).toBeGreaterThan(0);
  expect(valueOf(posted[0], 'product.ingest_lag_s')).toBeUndefined();
  expect(valueOf(posted[1], 'product.ingest_lag_s')).toBeGreaterThanOrEqual(0.035);
  expect(valueOf(posted[1], 'product.audit_differences')).toBeNull();
});
