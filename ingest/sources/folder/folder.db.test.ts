import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { startCollectorProcess } from '../../collect/test-process.ts';
import { localInstant } from '../../pipeline/local-time.ts';
import { FolderFeedSchema, type FolderFeed } from '../../schema/feed.ts';
import { sharedData } from '../../shared-data.ts';
import { createFolderSource } from './source.ts';

let store: TestStore;
let folder: string;
let running: TestCollector | undefined;
beforeAll(async () => {
  store = await startTestStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-folder-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

const COLUMNS = ['CO(GT)', 'PT08.S1(CO)', 'NMHC(GT)', 'C6H6(GT)', 'PT08.S2(NMHC)', 'NOx(GT)', 'PT08.S3(NOx)', 'NO2(GT)', 'PT08.S4(NO2)',
  'PT08.S5(O3)', 'T', 'RH', 'AH']; // prettier-ignore
const metricOf = (column: string): string => `air.${column.toLowerCase().replace(/\W+/g, '_').replace(/_$/, '')}`;
const written = (source: string, path = folder, more: object = {}) => ({
  kind: 'folder',
  name: { vi: 'Quan trắc', en: 'Monitoring' },
  ...{ source, path, settle_s: 0.1 },
  mapping: {
    time: { from: [{ column: 'Date' }, { column: 'Time' }], formats: ['yyyy-MM-dd HH:mm:ss'] },
    place: { text: 'trạm 1' },
    missing: [-200],
    readings: COLUMNS.map((column) => ({ metric: metricOf(column), value: { column }, value_unit: '1' })),
    ...more,
  },
});
const feedOf = (source: string, more: object = {}): FolderFeed => FolderFeedSchema.parse(written(source, folder, more));

async function start(feed: FolderFeed): Promise<TestCollector> {
  const source = createFolderSource({
    feeds: new Map([['khi', feed]]),
    ...{ log: pino({ level: 'silent' }), onFault: () => undefined },
  });
  running = await startTestCollector(store, [source]);
  return running;
}
async function until(isSo: () => boolean | Promise<boolean>, within_ms = 20_000): Promise<void> {
  for (const end = Date.now() + within_ms; Date.now() < end; await sleep(30)) if (await isSo()) return;
  throw new Error(`it did not come to it within ${within_ms} ms`);
}
const ReadingSchema = z.object({ metric: z.string(), at: z.coerce.number(), value: z.number().nullable() });
async function readingsOf(source: string): Promise<z.infer<typeof ReadingSchema>[]> {
  const query = `SELECT metric, toUnixTimestamp64Milli(observed_at) AS at, value FROM live.reading_event WHERE source = '${source}'`;
  return z.array(ReadingSchema).parse(await (await store.owner.query({ query, format: 'JSONEachRow' })).json());
}
const filesIn = async (name: string): Promise<string[]> => (await readdir(join(folder, name)).catch(() => [])).sort();
const keyed = (readings: Iterable<z.infer<typeof ReadingSchema>>) =>
  new Map([...readings].map(({ metric, at, value }) => [`${metric} ${at}`, value]));

const real = sharedData('air-quality', process.env['SHARED_DATA']);

describe('readings from files that are dropped into a folder', () => {
  it.skipIf(real === undefined).each([
    ['as it is', (text: string) => text],
    [
      'with semicolons and decimal commas',
      (text: string) => text.replace(/[.,]/g, (mark) => (mark === ',' ? ';' : ',')),
    ],
  ])('are every row and column of a year of real air, %s', { timeout: 120_000 }, async (how, rewrite) => {
    const text = await readFile(join(real ?? '', 'AirQuality.csv'), 'utf8');
    const [head = '', ...lines] = text.trim().split(/\r?\n/);
    const names = head.split(',');
    const expected = lines.flatMap((line) => {
      const cells = line.split(',');
      const at = localInstant(`${cells[0] ?? ''}T${cells[1] ?? ''}`) ?? Number.NaN;
      return COLUMNS.map((column) => {
        const value = Number(cells[names.indexOf(column)]);
        return { metric: metricOf(column), at, value: value === -200 ? null : value };
      });
    });
    const source = `khi ${how}`;
    const body = [head.replaceAll(',', how === 'as it is' ? ',' : ';'), ...lines.map(rewrite)].join('\n');
    await start(feedOf(source, how === 'as it is' ? {} : { decimal: ',' }));
    await writeFile(join(folder, 'khi.csv'), body);
    await until(async () => (await filesIn('done')).includes('khi.csv'), 60_000);
    await until(() => running?.collector.status()[0]?.spool_bytes === 0, 60_000);
    const stored = await readingsOf(source);
    expect(lines).toHaveLength(9_357);
    expect(stored).toHaveLength(9_357 * 13);
    expect(keyed(stored)).toEqual(keyed(expected));
    expect(stored.filter(({ value }) => value === null)).toHaveLength(
      expected.filter(({ value }) => value === null).length,
    );
    expect(await filesIn('done')).toEqual(['khi.csv']);
  });

  it.skipIf(real === undefined)('are every day of a file of several places', { timeout: 120_000 }, async () => {
    const names = ['precipitation', 'temp_max', 'temp_min', 'wind'];
    await start(
      feedOf('troi', {
        time: { from: [{ column: 'date' }], formats: ['yyyy-MM-dd'] },
        place: { column: 'location' },
        readings: names.map((column) => ({ metric: `weather.${column}`, value: { column }, value_unit: '1' })),
      }),
    );
    const text = await readFile(join(real ?? '', 'weather.csv'), 'utf8');
    const rows = text
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
    await writeFile(join(folder, 'weather.csv'), text);
    await until(async () => (await filesIn('done')).includes('weather.csv'), 60_000);
    await until(() => running?.collector.status()[0]?.spool_bytes === 0, 60_000);
    const query = `SELECT place, metric, toUnixTimestamp64Milli(observed_at) AS at, value FROM live.reading_event WHERE source = 'troi'`;
    const stored = z
      .array(ReadingSchema.extend({ place: z.string() }))
      .parse(await (await store.owner.query({ query, format: 'JSONEachRow' })).json());
    const expected = rows.flatMap(([place = '', day = '', ...cells]) =>
      names.map(
        (name, index) => `${place} weather.${name} ${localInstant(`${day}T00:00:00`) ?? ''} ${Number(cells[index])}`,
      ),
    );
    expect(rows).toHaveLength(2_922);
    expect(stored.map(({ place, metric, at, value }) => `${place} ${metric} ${at} ${value ?? 'none'}`).sort()).toEqual(
      expected.sort(),
    );
  });

  it('wait until a file is whole, and tell beside it what was wrong', { timeout: 60_000 }, async () => {
    await start(feedOf('tron'));
    const row = (hour: number, value: string) => `2025-01-01,${String(hour).padStart(2, '0')}:00:00,${value}\n`;
    await writeFile(join(folder, '.slow.csv'), `Date,Time,T\n${row(1, '20')}`);
    await writeFile(join(folder, 'notes.txt'), 'not for us');
    await writeFile(join(folder, 'good.csv'), `Date,Time,T\n${row(2, '21')}${row(3, '-200')}`);
    await writeFile(join(folder, 'partly.csv'), `Date,Time,T\n${row(4, 'nóng')}${row(5, '22')}`);
    await writeFile(join(folder, 'none.csv'), 'Date,Time,T\n');
    await writeFile(join(folder, 'torn.csv'), `Date,Time,T\n${row(6, '"23')}`);
    await writeFile(join(folder, 'lines.jsonl'), '{"Date":"2025-01-01","Time":"07:00:00","T":24}\n{"Date":\n');
    await until(async () => (await filesIn('done')).length + (await filesIn('failed')).length === 9);
    expect(await filesIn('done')).toEqual([
      'good.csv',
      'lines.jsonl',
      'lines.jsonl.errors.json',
      'partly.csv',
      'partly.csv.errors.json',
    ]);
    expect(await filesIn('failed')).toEqual(['none.csv', 'none.csv.errors.json', 'torn.csv', 'torn.csv.errors.json']);
    expect(JSON.parse(await readFile(join(folder, 'done', 'partly.csv.errors.json'), 'utf8'))).toEqual({
      ...{ records: 2, good: 1, readings: 1, faulty: 1 },
      faults: [{ row: 2, reasons: ['air.t: is no number'] }],
    });
    expect(await readFile(join(folder, 'failed', 'torn.csv.errors.json'), 'utf8')).toContain('unclosed quote');
    expect(await filesIn('.')).toEqual(['.slow.csv', 'done', 'failed', 'notes.txt']);
    await rename(join(folder, '.slow.csv'), join(folder, 'good.csv'));
    await until(async () => (await filesIn('done')).includes('good.1.csv'));
    await until(async () => (await readingsOf('tron')).length === 5);
    expect((await readingsOf('tron')).map(({ value }) => value).sort()).toEqual([20, 21, 22, 24, null]);
    const query = "SELECT code FROM log.dead_letter FINAL WHERE source = 'tron' ORDER BY code";
    expect(await (await store.owner.query({ query, format: 'JSONEachRow' })).json()).toEqual([
      { code: 'IOC_EVENT_DATA' },
      { code: 'IOC_EVENT_NOT_JSON' },
    ]);
  });

  it('are there once, however often the collector is killed', { timeout: 180_000 }, async () => {
    const drop = join(folder, 'drop');
    for (const name of [drop, join(folder, 'feeds.d')]) await mkdir(name);
    await writeFile(join(folder, 'feeds.d', 'khi.yaml'), stringify(written('giet', drop)));
    const files = Array.from({ length: 12 }, (_, file) => {
      const rows = Array.from({ length: 400 }, (_row, index) => {
        const at = new Date(Date.UTC(2025, 0, 1) + (file * 400 + index) * 60_000).toISOString();
        return `${at.slice(0, 10)},${at.slice(11, 19)},${index}`;
      });
      return writeFile(join(drop, `f${String(file).padStart(2, '0')}.csv`), `Date,Time,T\n${rows.join('\n')}\n`);
    });
    await Promise.all(files);
    for (let round = 0; round < 6; round += 1) {
      const collector = await startCollectorProcess(store.accesses.writer, folder);
      await sleep(60 + round * 35);
      await collector.kill('SIGKILL');
    }
    const collector = await startCollectorProcess(store.accesses.writer, folder);
    await until(async () => (await filesIn('drop/done')).length === 12, 60_000);
    await until(async () => (await readingsOf('giet')).length >= 4_800, 60_000);
    expect(await collector.kill('SIGTERM')).toBe(0);
    const stored = await readingsOf('giet');
    expect(stored).toHaveLength(4_800);
    expect(new Set(stored.map(({ at }) => at)).size).toBe(4_800);
    expect(await filesIn('drop/failed')).toEqual([]);
  });
});
