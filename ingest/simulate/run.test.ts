import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readCheckpoint } from './checkpoint.ts';
import { readConfig } from './config.ts';
import { fillDossiers, LOOK_BACK_DAYS } from './dossier-feed.ts';
import { DAY_MS, HOUR_MS, localDay, MINUTE_MS, startOfDay } from './local-time.ts';
import type { Message } from './message.ts';
import type { Report } from './progress.ts';
import type { Province } from './province.ts';
import { OfficeFileSchema } from './office-file.ts';
import { run } from './run.ts';
import { eventsBetween } from './schedule.ts';
import { createSender } from './sender.ts';
import { startTestIngest, type TestIngest } from './test-ingest.ts';
import { local, testProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const token = 'test-token-of-the-simulator';
const morning = local('2026-03-04T09:00');

describe('a run', { timeout: 120_000 }, () => {
  let folder: string;
  let ingest: TestIngest;
  let province: Province;
  let now: number;
  let isFilled: boolean;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-simulator-'));
    ingest = await startTestIngest(token);
    province = await testProvince({ per_working_day: 40 });
    now = morning;
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
    isFilled = false;
    const running = run({
      config,
      province,
      sender,
      clock: () => now,
      signal: stop.signal,
      say: () => undefined,
      onProgress: () => undefined,
      onPreloaded: (report) => (preloaded = report),
      onFilled: () => (isFilled = true),
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

  it('fills the past, and loses nothing while ingest fails now and then', async () => {
    const flawless = { SEED: '7', PRELOAD_DAYS: '10' };
    await start(flawless, () => isFilled);
    const texts = ingest.records.map(({ text }) => text).sort();
    expect(of('"MaHoSo"').length).toBeGreaterThan(200);
    for (const part of ['link.sample', 'reading.sample', '"event_type":"alert"'])
      expect(of(part).length).toBeGreaterThan(50);

    await rm(join(folder, 'simulator.json'));
    ingest.records.length = 0;
    let turn = 0;
    ingest.refuse = (reply) => ((turn += 1) % 3 === 0 ? reply.status(503).send({}) : undefined);
    await start(flawless, () => isFilled);
    expect(ingest.records.map(({ text }) => text).sort()).toEqual(texts);
  });

  it('fills in the present first, and the settled past while it lives, also after a restart', async () => {
    const environment = { SEED: '7', PRELOAD_DAYS: '25' };
    await start(environment, () => true);
    const numbers = () => new Set(of('"TenTTHC"').map(({ text }) => /"MaHoSo":"([^"]+)"/.exec(text)?.[1]));
    await start(environment, () => isFilled);
    const scenes = (await readCheckpoint(join(folder, 'simulator.json')))?.scenes ?? [];
    const { dossiers } = createWorld(province, scenes);
    const from = startOfDay(localDay(morning) - 25);
    const past = { first: localDay(from) - LOOK_BACK_DAYS, last: localDay(morning), from, to: morning };
    const all = [...fillDossiers(dossiers, past)].map(([record]) => /"MaHoSo":"([^"]+)"/.exec(record?.text ?? '')?.[1]);
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter((number) => !numbers().has(number))).toEqual([]);
    expect((await readCheckpoint(join(folder, 'simulator.json')))?.backfill).toBeUndefined();
  });

  it('fills in what office systems told, each stretch of the past once', async () => {
    const measures = { 'document.out': { kind: 'count', base: 30 } };
    province = await testProvince({ offices: [OfficeFileSchema.parse({ source: 'van-ban', measures })] });
    await start({ SEED: '7' }, () => isFilled);
    const times = of('"document.out"').map(({ text }) => /"time":"([^"]+)"/.exec(text)?.[1] ?? '');
    expect(new Set(times).size).toBe(times.length);
    const told = (days: number) => {
      const from = startOfDay(localDay(morning) - days);
      return times.filter((time) => Date.parse(time) >= from && Date.parse(time) < from + DAY_MS).length;
    };
    expect([31, 20, 8, 7, 6, 2, 1].map(told)).toEqual([1, 1, 1, 24, 1, 1, 24]);
  });

  it('tells live just what its province lives, in tens of steps', async () => {
    const end = morning + HOUR_MS;
    let expected: Message[] = [];
    await start({ SEED: '7', PRELOAD_DAYS: '2' }, async () => {
      const scenes = (await readCheckpoint(join(folder, 'simulator.json')))?.scenes ?? [];
      expected = eventsBetween(createWorld(province, scenes).live, morning, end);
      now = Math.min(end, now + 20 * MINUTE_MS);
      const stored = new Set(ingest.records.map(({ text }) => text));
      return expected.every(({ text }) => stored.has(text));
    });
    expect(expected.length).toBeGreaterThan(1000);
    expect(ingest.steps.length).toBeGreaterThan(0);
    const live = new Set(expected.map(({ text }) => text));
    const steps = ingest.records.filter(({ text }) => live.has(text) && text.includes('ThoiDiemXuLy'));
    expect(steps.length).toBeGreaterThan(0);
    expect(await sentTo()).toBeLessThanOrEqual(end);
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
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, () => isFilled);
    const first = ingest.records.length;
    ingest.records.length = 0;
    now += 5 * MINUTE_MS;
    await start({ SEED: '7', PRELOAD_DAYS: '10' }, () => true);
    expect(ingest.records.length).toBeLessThan(first / 4);
  });

  it('lives through the last day at speed, and never beyond the present', async () => {
    await start(
      { SEED: '7', PRELOAD_DAYS: '3', SPEED: '100000' },
      async () => (await sentTo()) < morning && of('link.sample').length > 0,
    );
    expect(await sentTo()).toBeLessThanOrEqual(morning);
    expect(await sentTo()).toBeGreaterThanOrEqual(morning - DAY_MS);
  });

  it('tells after a restart what a silent unit could not tell before it', async () => {
    const wanted = (text: string) => text.includes('"MaHoSo":"H49.');
    province = await testProvince({ per_working_day: 400 });
    await start({ SEED: '7', PRELOAD_DAYS: '2' }, () => true);
    const scenes = (await readCheckpoint(join(folder, 'simulator.json')))?.scenes ?? [];
    const silence = scenes.find(({ kind }) => kind === 'silence');
    now = (silence?.to ?? 0) + HOUR_MS;
    const missed = eventsBetween(
      createWorld(province, scenes).live.slice(0, 1),
      silence?.to ?? 0,
      (silence?.to ?? 0) + 1,
    );
    expect(missed.length).toBeGreaterThan(0);
    await start({ SEED: '7', PRELOAD_DAYS: '2' }, () => true);
    const last = new Map(
      ingest.records.filter(({ text }) => wanted(text)).map(({ text }) => [/"MaHoSo":"([^"]+)"/.exec(text)?.[1], text]),
    );
    for (const { text } of missed) expect([...last.keys()]).toContain(/"MaHoSo":"([^"]+)"/.exec(text)?.[1]);
    const finished = missed.filter(({ text }) => /"NgayKetThucXuLy":"2/.test(text));
    for (const { text } of finished) {
      const number = /"MaHoSo":"([^"]+)"/.exec(text)?.[1];
      const told = ingest.records
        .filter((record) => record.text.includes(`"${number ?? ''}"`))
        .map((record) => record.text);
      expect(told.some((one) => /"NgayKetThucXuLy":"2/.test(one))).toBe(true);
    }
  });

  it('starts anew for another seed, and after its clock was set back', async () => {
    await start({ SEED: '7', PRELOAD_DAYS: '5' }, () => true);
    now -= 2 * DAY_MS;
    await start({ SEED: '7', PRELOAD_DAYS: '5' }, () => true);
    expect((await readCheckpoint(join(folder, 'simulator.json')))?.anchor).toBe(morning - 2 * DAY_MS);
    now += DAY_MS;
    await start({ SEED: '8', PRELOAD_DAYS: '5' }, () => true);
    expect((await readCheckpoint(join(folder, 'simulator.json')))?.seed).toBe(8);
  });
});
