import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { TestStore } from '../clickhouse/test-store.ts';
import type { Collected, CollectingSource } from '../sources/collecting-source.ts';
import { testUnits } from '../test-units.ts';
import { createCollector, type Collector, type CollectorOptions } from './collector.ts';

/** A collector for tests, with a spool folder of its own. */
export interface TestCollector {
  collector: Collector;
  folder: string;
  close: () => Promise<void>;
}

/** Starts a collector before a real store. `folder` is one that is kept; a temporary one when absent. */
export async function startTestCollector(
  store: TestStore,
  sources: readonly CollectingSource[],
  options: Pick<Partial<CollectorOptions>, 'limits' | 'onCounted' | 'units'> & { folder?: string } = {},
): Promise<TestCollector> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'toan-canh-collect-')));
  const collector = createCollector({
    client: store.writer,
    units: options.units ?? testUnits(),
    clock: Date.now,
    log: pino({ level: 'silent' }),
    sources,
    spool_dir: join(folder, 'spool'),
    limits: options.limits ?? {},
    onCounted: options.onCounted,
  });
  await collector.start();
  return {
    collector,
    folder,
    close: async () => {
      await collector.close();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A source whose records are numbers that become readings; `take` gives one to its spool, and says whether it was taken. */
export function readingSource(): CollectingSource & { take: (value: string) => boolean } {
  let intake: Collected | undefined;
  return {
    entry: 'test',
    read: (bytes, from, to, { event_key, sender, received_at }) => {
      const value = Number(bytes.toString('utf8', from, to));
      if (Number.isNaN(value)) return { result: 'rejected', code: 'IOC_EVENT_DATA', reason: 'is no number' };
      const row = {
        event_key,
        id: event_key,
        source: sender,
        type: 'reading.sample',
        subject: '',
        unit_path: '',
        unit: 'H49.02',
      };
      const reading = { metric: 'test.value', value, value_unit: '', place: '' };
      return {
        family: 'reading',
        row: { ...row, observed_at: received_at, received_at, simulated: 0, ...reading },
      };
    },
    start: (collected) => {
      intake = collected;
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    take: (value) => {
      const isTaken = intake?.spool.append('sensor', Buffer.from(value)) ?? false;
      if (isTaken) intake?.receive('test', 1);
      else intake?.drop('test', 'spool_full', 1);
      return isTaken;
    },
  };
}
