import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCheckpoint } from './checkpoint.ts';
import { readConfig } from './config.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './local-time.ts';
import type { Report } from './progress.ts';
import type { Province } from './province.ts';
import { run } from './run.ts';
import { eventsBetween } from './schedule.ts';
import { createSender } from './sender.ts';
import { startTestIngest, type TestIngest } from './test-ingest.ts';
import { local, testProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const token = 'test-token-of-the-simulator';
const noon = local('2026-03-04T10:00');

describe('a run', () => {
  let folder: string;
  let ingest: TestIngest;
  let province: Province;
  let now: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-simulator-'));
    ingest = await startTestIngest(token);
    province = await testProvince({ per_working_day: 40 });
    now = noon;
  });
  afterEach(async () => {
    await ingest.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs until `until` says that it is enough; the clock is moved by the test. */
  async function start(environment: Record<string, string>, until: (report?: Report) => boolean | Promise<boolean>) {
    const stop = new AbortController();
    const config = readConfig({ SIMULATOR_TOKEN: token, INGEST_URL: ingest.url, DATA_DIR: folder, ...environment });
    const sender = createSender({
      url: ingest.url,
      token,
      signal: stop.signal,
      say: () => undefined,
      first_wait_ms: 2,
    });
    let preloaded: Report | undefined;
    const running = run({
      config,
      province,
      sender,
      clock: () => now,
      signal: stop.signal,
      say: () => undefined,
      onProgress: () => undefined,
      onPreloaded: (report) => (preloaded = report),
    });
    running.catch(() => undefined);
    await vi.waitFor(async () => expect(preloaded && (await until(preloaded))).toBe(true), {
      timeout: 20_000,
      interval: 20,
    });
    stop.abort();
    await running.catch(() => undefined);
    return preloaded;
  }
  const of = (text: string) => ingest.records.filter((record) => record.text.includes(text));
  const sentTo = async () => (await readCheckpoint(join(folder, 'simulator.json')))?.sent_to ?? 0;

  it('fills the past, then tells everything that happens, once and completely, while ingest fails now and then', async () => {
    let turn = 0;
    ingest.refuse = (reply) => ((turn += 1) % 3 === 0 ? reply.status(503).send({}) : undefined);
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, () => true);
    expect(of('"MaHoSo"').length).toBeGreaterThan(200);
    for (const part of ['link.sample', 'reading.sample', '"event_type":"alert"'])
      expect(of(part).length).toBeGreaterThan(50);

    const checkpoint = await readCheckpoint(join(folder, 'simulator.json'));
    ingest.records.length = 0;
    now = noon + 3 * HOUR_MS;
    const from = await sentTo();
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, async () => {
      now += 20 * MINUTE_MS;
      return (await sentTo()) >= 0 && of('link.sample').length > 200;
    });
    const later = await readCheckpoint(join(folder, 'simulator.json'));
    expect(from).toBeGreaterThanOrEqual(checkpoint?.sent_to ?? 0);
    expect(later?.anchor).toBe(checkpoint?.anchor);
    expect(later?.sent_to).toBeGreaterThan(noon + 3 * HOUR_MS);
  });

  it('tells live just what its province lives, in tens of steps', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '2' }, () => {
      if (now < noon + 4 * HOUR_MS) now += 5 * MINUTE_MS;
      return ingest.records.length > 0 && now >= noon + 4 * HOUR_MS;
    });
    const scenes = (await readCheckpoint(join(folder, 'simulator.json')))?.scenes ?? [];
    const end = await sentTo();
    const expected = eventsBetween(createWorld(province, scenes).live, noon, end);
    expect(expected.length).toBeGreaterThan(1000);
    const stored = new Set(ingest.records.map(({ text }) => text));
    expect(expected.filter(({ text }) => !stored.has(text))).toEqual([]);
    expect(ingest.steps.length).toBeGreaterThan(0);
  });

  it('sends nothing of the future', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '5' }, () => true);
    const limit = new Date(now + 7 * HOUR_MS).toISOString().replace(/\D/g, '').slice(0, 14);
    const happened = of('"MaHoSo"').flatMap(({ text }) =>
      [...text.matchAll(/"(?:NgayNopHoSo|NgayTiepNhan|NgayKetThucXuLy|NgayTra|ThoiDiemXuLy)":"(\d{14})"/g)].map(
        (match) => match[1] ?? '',
      ),
    );
    expect(happened.length).toBeGreaterThan(100);
    expect(happened.filter((instant) => instant > limit)).toEqual([]);
  });

  it('seeds just as many dossiers as it is asked to, over two years', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '5', SEED_HISTORY: '5000' }, () => true);
    const numbers = new Set(of('"TenTTHC"').map(({ text }) => /"MaHoSo":"([^"]+)"/.exec(text)?.[1]));
    // those of units that are cut off just now are told when these are back
    expect(numbers.size).toBeLessThanOrEqual(5000);
    expect(numbers.size).toBeGreaterThan(4950);
    const months = new Set([...numbers].map((number) => /-(\d{4})\d\d-/.exec(number ?? '')?.[1]));
    expect(months.size).toBeGreaterThanOrEqual(24);
  });

  it('goes on quickly after a restart: it does not send again what is acknowledged', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, () => true);
    const first = ingest.records.length;
    ingest.records.length = 0;
    now += 5 * MINUTE_MS;
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, () => true);
    expect(ingest.records.length).toBeLessThan(first / 4);
  });

  it('starts anew for another seed, and after its clock was set back', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '5' }, () => true);
    now -= 2 * DAY_MS;
    await start({ SEED: '7', PRELOAD_DAYS: '5' }, () => true);
    expect((await readCheckpoint(join(folder, 'simulator.json')))?.anchor).toBe(noon - 2 * DAY_MS);
    now += DAY_MS;
    await start({ SEED: '8', PRELOAD_DAYS: '5' }, () => true);
    expect((await readCheckpoint(join(folder, 'simulator.json')))?.seed).toBe(8);
  });
});
