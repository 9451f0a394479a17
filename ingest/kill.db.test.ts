import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from './clickhouse/test-store.ts';
import { startIngestProcess, type IngestProcess } from './test-process.ts';

const TOKEN = 'token-of-the-kill-test';
const SENDERS = 3;
const BATCHES = 30;
/** Rounds of killing one, the other, or both; a fixed number, since a restart takes longer on a busy machine. */
const ROUNDS = 6;
const SIZE = 60;
/** Events of one dossier: received, then steps, then finished. */
const LIFE = 6;

let store: TestStore;
let folder: string;
let ingest: IngestProcess;
beforeAll(async () => {
  store = await startTestStore();
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-kill-'));
  ingest = await startIngestProcess(store.accesses.writer, folder, TOKEN);
});
afterAll(async () => {
  await ingest.kill('SIGKILL');
  await store.close();
  await rm(folder, { recursive: true });
});

/** Event `n` of a sender: its dossiers live in order, so that the last event of each says how it must end. */
function event(sender: number, n: number): object {
  const number = Math.floor(n / LIFE);
  const step = n % LIFE;
  const isLast = step === LIFE - 1;
  return {
    specversion: '1.0',
    id: `${sender}/${n}`,
    source: 'kill-test',
    type: step === 0 ? 'dossier.received' : isLast ? 'dossier.finished' : 'dossier.step',
    subject: `H49.0${1 + (number % 9)}-240115-${sender}${String(number).padStart(4, '0')}`,
    time: new Date(Date.UTC(2024, 0, 15) + number * 3_600_000 + step * 60_000).toISOString(),
    data: step === 0 || isLast ? {} : { status: 4 },
  };
}

const total = SENDERS * BATCHES * SIZE;
const dossiers = total / LIFE;

/** Sends every batch again and again until it is acknowledged, as a source does. Half of the batches are sent once more at the end. */
async function send(sender: number): Promise<void> {
  const batches = Array.from({ length: BATCHES }, (_, index) => index);
  for (const batch of [...batches, ...batches.filter((index) => index % 2 === sender % 2)]) {
    const body = JSON.stringify(Array.from({ length: SIZE }, (_, n) => event(sender, batch * SIZE + n)));
    for (let isStored = false; !isStored;) {
      isStored = await fetch(`${ingest.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/cloudevents-batch+json' },
        body,
      }).then(
        async (reply) => reply.ok && (await reply.text()) !== '',
        () => false,
      );
      if (!isStored) await sleep(20);
    }
  }
}

describe('an ingest and a database that are killed at random', () => {
  it('hold every acknowledged event once, in the log, in live and in history', { timeout: 240_000 }, async () => {
    let isSending = true;
    let kills = 0;
    const killer = async () => {
      while (isSending && kills < ROUNDS) {
        await sleep(100 + Math.random() * 600);
        const what = Math.random();
        const isIngest = what < 0.6;
        const isStore = what > 0.4;
        kills += 1;
        // both at once: neither may find the other in order
        await Promise.all([isIngest ? ingest.kill('SIGKILL') : 0, isStore ? store.kill('SIGKILL') : 0]);
        if (isStore) await store.restart();
        if (isIngest) ingest = await startIngestProcess(store.accesses.writer, folder, TOKEN);
      }
    };
    const killing = killer();
    await Promise.all(Array.from({ length: SENDERS }, (_, sender) => send(sender)));
    isSending = false;
    await killing;
    // the promise is kept only if something was interrupted
    expect(kills).toBeGreaterThan(2);

    expect(await ingest.kill('SIGTERM')).toBe(0);
    const ask = async (query: string): Promise<unknown> =>
      (await store.owner.query({ query, format: 'JSONCompactEachRow' })).json();
    const counts = (relation: string) =>
      ask(`SELECT toString(count()), toString(uniqExact(id)), toString(uniqExact(dossier_id)) FROM ${relation}`);
    const expected = [[String(total), String(total), String(dossiers)]];
    expect(await counts('log.dossier_event FINAL')).toEqual(expected);
    await store.owner.command({ query: 'OPTIMIZE TABLE log.dossier_event FINAL' });
    expect(await counts('log.dossier_event')).toEqual(expected);
    for (const database of ['live', 'history']) {
      expect(await ask(`SELECT status, toString(count()) FROM ${database}.dossier GROUP BY status`)).toEqual([
        [9, String(dossiers)],
      ]);
    }
    const all = (database: string) => ask(`SELECT * FROM ${database}.dossier ORDER BY dossier_id`);
    expect(await all('live')).toEqual(await all('history'));
  });
});
