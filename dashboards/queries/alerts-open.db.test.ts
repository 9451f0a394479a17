import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporaryEngine, type TemporaryEngine } from '../load/temporary-engine.ts';
import { loadDashboards } from '../load.ts';
import { AT, insert } from './test-province.ts';
import { createRun, type Run } from './test-run.ts';

const MINUTE_MS = 60_000;
const ONSET = AT - 30 * MINUTE_MS;

let store: TemporaryEngine;
let run: Run;

const event = (subject: string, type: string, minute: number, more: object = {}) => ({
  ...{ event_key: randomUUID(), id: randomUUID(), source: 'toan-canh', subject, rule: 'thu', unit: 'H49.02' },
  ...{ type: `alert.${type}`, unit_path: '/H49/H49.02/', severity: 3, labels: '{}', simulated: 0 },
  ...{ onset_at: ONSET, observed_at: ONSET + minute * MINUTE_MS, received_at: ONSET + minute * MINUTE_MS, ...more },
});
const human = { actor: 'Lan', severity: 0 };

beforeAll(async () => {
  store = await startTemporaryEngine();
  const loaded = await loadDashboards({ folder: join(import.meta.dirname, '..'), province: 'quang-ninh-2019' });
  run = createRun(store.reader, loaded.dashboards?.queries ?? new Map());
  await insert(store.writer, 'alert_event', [
    ...[event('AL-pending', 'pending', 0), event('AL-over', 'firing', 0), event('AL-over', 'resolved', 25)],
    ...[event('AL-new', 'firing', 5), event('AL-new', 'measured', 9, { value: 7 })],
    ...[event('AL-taken', 'firing', 0), event('AL-taken', 'acknowledged', 3, human)],
    event('AL-grave', 'firing', 2, { severity: 4, unit: 'H49.12', unit_path: '/H49/H49.12/' }),
    ...[event('AL-closed', 'firing', 0), event('AL-closed', 'closed', 4, human)],
    ...[event('AL-shelved', 'firing', 0), event('AL-shelved', 'shelved', 4, { ...human, until_at: AT + MINUTE_MS })],
    ...[event('AL-back', 'firing', 1), event('AL-back', 'shelved', 4, { ...human, until_at: AT - MINUTE_MS })],
  ]);
});
afterAll(() => store.close());

/** Names and owners as the rail would show them. */
const rail = async (more: Parameters<Run>[1] = {}) =>
  (await run('alerts-open', more)).map(([id, , , , , , , , owner]) => [id, owner]);

describe('open alerts', () => {
  it('are those that fired and are neither over, closed nor shelved now: the gravest first, of these nobody’s', async () => {
    const open = [
      ['AL-grave', ''],
      ['AL-back', ''],
      ['AL-new', ''],
      ['AL-taken', 'Lan'],
    ];
    expect(await rail()).toEqual(open);
    expect((await run('alerts-open')).map((row) => row.at(-1))).toEqual([4, 4, 4, 4]);
    expect((await run('alerts-open')).find(([id]) => id === 'AL-new')?.[5]).toBe(7);
  });

  it('are back by themselves when their shelf ends', async () =>
    expect((await rail({ at: AT + 2 * MINUTE_MS })).map(([id]) => id)).toContain('AL-shelved'));

  it('of which some fired just now, whatever became of them, the newest first', async () => {
    const fired = async (last_s: number) => (await run('alerts-new', { params: { last_s } })).map(([id]) => id);
    expect(await fired(26 * 60)).toEqual(['AL-new']);
    expect(await fired(28.5 * 60)).toEqual(['AL-new', 'AL-grave']);
    expect(await fired(3600)).toContain('AL-over');
    expect(await fired(3600)).not.toContain('AL-pending');
  });

  it('of a unit are those of its subtree', async () =>
    expect(await rail({ scope: '/H49/H49.12/' })).toEqual([['AL-grave', '']]));
});
