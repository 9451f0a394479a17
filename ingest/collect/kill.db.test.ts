import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../clickhouse/test-store.ts';
import { recordsOf } from '../spool/block.ts';
import { listBlocks, listSegments } from '../spool/segment.ts';
import { startCollectorProcess, type CollectorProcess } from './test-process.ts';

const ROUNDS = 5;
const LINES = 4_000;

let store: TestStore;
let folder: string;
let collector: CollectorProcess;
beforeAll(async () => {
  store = await startTestStore();
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-collect-kill-'));
  collector = await startCollectorProcess(store.accesses.writer, folder);
});
afterAll(async () => {
  await collector.kill('SIGKILL');
  await store.close();
  await rm(folder, { recursive: true });
});

/** The lines that stand whole in the spool's files. */
async function spooledLines(): Promise<string[]> {
  const lines: string[] = [];
  for (const segment of await listSegments(join(folder, 'spool', 'syslog'))) {
    const file = await readFile(segment.file);
    for (const { from, to } of await listBlocks(segment, 0)) {
      const block = file.subarray(from, to);
      for (const span of recordsOf(block)) lines.push(block.toString('utf8', span.from, span.to));
    }
  }
  return lines;
}

async function ask(query: string): Promise<number> {
  const result = await store.owner.query({ query, format: 'JSONCompactEachRow' });
  return z.array(z.tuple([z.coerce.number()])).parse(await result.json())[0]?.[0] ?? 0;
}

it('stores every line that was spooled once, whatever is killed meanwhile', { timeout: 180_000 }, async () => {
  const spooled = new Set<string>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const socket = connect(collector.syslog_port, '127.0.0.1');
    socket.on('error', () => undefined);
    const stamp = new Date().toISOString();
    for (let n = 0; n < LINES; n += 200) {
      const lines = Array.from(
        { length: 200 },
        (_, index) => `<13>1 ${stamp} host app - - - line ${round}/${n + index}\n`,
      );
      socket.write(lines.join(''));
      await sleep(5);
    }
    if (round % 2 === 1) await store.kill('SIGKILL');
    await sleep(40 * round);
    await collector.kill('SIGKILL');
    for (const line of await spooledLines()) spooled.add(line);
    socket.destroy();
    if (round % 2 === 1) await store.restart();
    collector = await startCollectorProcess(store.accesses.writer, folder);
  }
  for (const line of await spooledLines()) spooled.add(line);
  // how many stand there at a kill depends on how fast the store takes them
  expect(spooled.size).toBeGreaterThan(200);
  const isEmpty = async (): Promise<boolean> =>
    /"spool_bytes":0/.test(await (await fetch(`${collector.url}/status`)).text());
  for (const end = Date.now() + 60_000; Date.now() < end && !(await isEmpty());) await sleep(50);
  expect(await collector.kill('SIGTERM')).toBe(0);
  expect((await readdir(join(folder, 'spool', 'syslog'))).length).toBeGreaterThan(0);

  const stored = await ask('SELECT count() FROM live.syslog_event');
  expect(await ask('SELECT uniqExact(message) FROM live.syslog_event')).toBe(stored);
  // what was stored and forgotten before a kill stands in no file any more: so at least those that were seen there
  expect(stored).toBeGreaterThanOrEqual(spooled.size);
  const messages = await store.owner.query({
    query: 'SELECT message FROM live.syslog_event',
    format: 'JSONCompactEachRow',
  });
  const known = new Set(
    z
      .array(z.tuple([z.string()]))
      .parse(await messages.json())
      .map(([message]) => message),
  );
  expect([...spooled].filter((line) => !known.has(line.slice(line.indexOf('line'))))).toEqual([]);
  // the states say the same as the log
  expect(await ask('SELECT sum(lines) FROM live.syslog_count')).toBe(stored);
  expect(await ask('SELECT sum(lines) FROM history.syslog_count')).toBe(stored);
});
