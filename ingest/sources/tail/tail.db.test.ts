import { appendFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { createTailSource } from './source.ts';

const name = { vi: 'Cảm biến', en: 'Sensor' };
const ROUNDS = 6;
const LINES = 500;

let store: TestStore;
let folder: string;
beforeAll(async () => {
  store = await startTestStore();
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-tail-'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const line = (n: number): string =>
  JSON.stringify({
    timestamp: '2026-11-20T08:15:02.000000+0700',
    event_type: 'alert',
    flow_id: n,
    alert: { severity: 2 },
  });
async function countOf(query: string): Promise<number> {
  const reply = await store.owner.query({ query, format: 'JSONCompactEachRow' });
  return z.array(z.tuple([z.coerce.number()])).parse(await reply.json())[0]?.[0] ?? 0;
}
function start(faults: string[] = []): Promise<TestCollector> {
  const feed = {
    kind: 'tail',
    enabled: true,
    name,
    source: 'suricata-ttdl',
    unit: 'H49.02',
    path: join(folder, 'eve.json'),
    format: 'eve',
  } as const;
  const tail = createTailSource({
    feeds: new Map([['ttdl', feed]]),
    folder: join(folder, 'tail'),
    log: pino({ level: 'silent' }),
    onFault: (fault) => faults.push(fault),
  });
  return startTestCollector(store, [tail], { folder });
}

describe('the log of a sensor', { timeout: 60_000 }, () => {
  it('is stored line by line, once, through rotations, restarts and a collector that is gone without a word', async () => {
    await writeFile(join(folder, 'eve.json'), '');
    let written = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const { collector } = await start();
      for (let part = 0; part < 5; part += 1) {
        const lines = Array.from({ length: LINES / 5 }, () => `${line((written += 1))}\n`).join('');
        await appendFile(join(folder, 'eve.json'), lines);
        if (part === 2 && round % 2 === 1) {
          await rename(join(folder, 'eve.json'), join(folder, `eve.json.${round}`));
          await writeFile(join(folder, 'eve.json'), '');
        }
      }
      if (round === ROUNDS - 1)
        await expect
          .poll(() => countOf('SELECT count() FROM history.security_event'), { timeout: 30_000 })
          .toBe(written);
      await collector.close();
    }
    expect(await countOf('SELECT uniqExact(payload) FROM log.security_event')).toBe(written);
    expect(await countOf('SELECT count() FROM live.security_event')).toBe(written);
    expect(
      await countOf("SELECT count() FROM live.security_event WHERE severity = 2 AND unit_path LIKE '%/H49.02/'"),
    ).toBe(written);
  });

  it('keeps what is no record as a dead letter', async () => {
    const faults: string[] = [];
    const { collector } = await start(faults);
    await appendFile(join(folder, 'eve.json'), 'not a record\n[1]\n');
    await expect
      .poll(() => countOf("SELECT count() FROM log.dead_letter WHERE entry = 'tail'"), { timeout: 20_000 })
      .toBe(2);
    expect(faults).toEqual(['not_json', 'not_json']);
    await collector.close();
  });
});
