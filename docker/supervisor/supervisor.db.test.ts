import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startProduct, type Part, type Product } from '../product.ts';

/** A small province: the default preload takes the time of a whole test. */
const SMALL = { PRELOAD_DAYS: '1', SEED: '7' };
const LIMIT_MS = 60_000;

let folder = '';
let product: Product | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-supervisor-'));
});
afterAll(async () => {
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
}, LIMIT_MS);

async function start(): Promise<Product> {
  product = await startProduct({ env: process.env, set: SMALL, folder });
  return product;
}

/** Waits until a question is answered with yes. */
async function until(what: string, holds: () => Promise<boolean>, limit_ms = 30_000): Promise<void> {
  for (const deadline = Date.now() + limit_ms; !(await holds()); await sleep(100))
    if (Date.now() > deadline) throw new Error(`not within ${limit_ms / 1000} s: ${what}\n${product?.output() ?? ''}`);
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (reply) => reply.ok,
    () => false,
  );

/** Sends one reading after another, each again until it is acknowledged, until it is told to stop. */
function sendReadings(to: Product): { acknowledged: string[]; stop: () => Promise<void> } {
  const acknowledged: string[] = [];
  let isOn = true;
  const post = (id: string): Promise<boolean> =>
    fetch(`${to.ingest_url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${to.token}`, 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id,
        source: 'supervisor-test',
        type: 'reading.sample',
        time: new Date().toISOString(),
        subject: 'sensor-1',
        unit: 'H49.02',
        data: { metric: 'test.count', value: 1 },
      }),
      signal: AbortSignal.timeout(5_000),
    }).then(
      (reply) => reply.ok,
      () => false,
    );
  const loop = async (): Promise<void> => {
    for (let count = 0; isOn; count++) {
      while (!(await post(`reading-${count}`))) await sleep(50);
      acknowledged.push(`reading-${count}`);
      await sleep(10);
    }
  };
  const done = loop();
  return {
    acknowledged,
    stop: async () => {
      isOn = false;
      await done;
    },
  };
}

async function storedReadings({ reader }: Product): Promise<string[]> {
  const client = connect(reader);
  try {
    const query = "SELECT id FROM live.reading_event WHERE source = 'supervisor-test'";
    return (await (await client.query({ query, format: 'JSONEachRow' })).json<{ id: string }>()).map(({ id }) => id);
  } finally {
    await client.close();
  }
}

let acknowledged: string[] = [];

test('says ready when the wall can be opened, with the demo province on it', { timeout: 2 * LIMIT_MS }, async () => {
  const { url, output } = await start();
  expect(output()).toMatch(/^ready http:\/\/localhost:\d+\/wall\/toan-canh$/m);
  expect(output()).toContain('preloaded in');
  expect(await answers(`${url}/api/ready`)).toBe(true);
  const page = await fetch(`${url}/wall/toan-canh`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<script type="module"');
});

test('brings back each process that is killed, and loses nothing acknowledged', { timeout: 3 * LIMIT_MS }, async () => {
  if (!product) throw new Error('there is no product');
  const running = product;
  const sender = sendReadings(running);
  for (const part of ['ingest', 'collector', 'engine', 'api', 'simulator'] as const satisfies Part[]) {
    const pid = await running.pidOf(part);
    if (pid === undefined) throw new Error(`there is no ${part}`);
    const before = sender.acknowledged.length;
    process.kill(pid, 'SIGKILL');
    await until(`${part} is another process`, async () => ![undefined, pid].includes(await running.pidOf(part)));
    await until(`the API is ready after ${part}`, () => answers(`${running.url}/api/ready`));
    await until(`readings go on after ${part}`, () => Promise.resolve(sender.acknowledged.length > before + 10));
    expect(running.output()).toMatch(new RegExp(`${part} +ended \\(signal SIGKILL\\); starts again in`));
  }
  await sender.stop();
  acknowledged = sender.acknowledged;
  expect((await storedReadings(running)).toSorted()).toEqual(acknowledged.toSorted());
});

test('a killed supervisor takes all its processes with it', { timeout: LIMIT_MS }, async () => {
  if (!product) throw new Error('there is no product');
  const pids = await product.pids();
  expect(pids.length).toBeGreaterThanOrEqual(4);
  product.supervisor.kill('SIGKILL');
  await until('all processes are gone', () => Promise.resolve(!pids.some(isAlive)), 10_000);
});

test('starts again on the same data, and Ctrl-C ends all in order', { timeout: 2 * LIMIT_MS }, async () => {
  const running = await start();
  expect((await storedReadings(running)).toSorted()).toEqual(acknowledged.toSorted());
  const pids = await running.pids();
  expect(await running.stop()).toBe(0);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(running.output()).toContain('all has ended');
  await expect(readFile(join(folder, 'supervisor.lock'))).rejects.toThrow();
});
