import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { PostEvents } from '../../actions/event-poster.ts';
import type { AlertStatistics } from '../../contract-alert-statistics.ts';
import type { ShiftsReply } from '../../contract-shifts.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { insert } from '../../test-rows.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let db: TestStore;
let api: TestApp;
let start: number;

/** Stores what is done of shifts, each id once. */
const storeDuty = (): PostEvents => {
  const known = new Set<string>();
  return async (events) => {
    const fresh = events.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    await insert(
      db.writer,
      'duty_event',
      fresh.map(({ id, type, subject, unit, at, data }) => ({
        ...{ event_key: randomUUID(), id, type, subject, unit, unit_path: `/${unit}/`, source: 'toan-canh' },
        ...{ observed_at: at, received_at: at, simulated: 0, ...data },
      })),
    );
    return fresh.length;
  };
};
const alertRow = (subject: string, rule: string, type: string, minute: number, more: object = {}) => ({
  ...{ event_key: randomUUID(), id: randomUUID(), source: 'toan-canh', subject, rule, unit: 'H49.01' },
  ...{ type: `alert.${type}`, unit_path: '/H49/H49.01/', severity: 3, labels: '{}', simulated: 0 },
  onset_at: start,
  observed_at: start + minute * MINUTE_MS,
  received_at: start + minute * MINUTE_MS,
  ...more,
});
async function ask<T>(path: string, body?: object): Promise<T & { code?: string }> {
  const request = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const reply = await fetch(`${api.url}/api${path}`, request);
  const read: unknown = await reply.json();
  return JSON.parse(JSON.stringify(read));
}

beforeAll(async () => {
  db = await startTestStore();
  api = await startTestApp(db.accesses.reader, { post: storeDuty() });
  start = Date.now() - 2 * HOUR_MS;
  const human = { actor: 'Lan', severity: 0, labels: '{}' };
  await insert(db.writer, 'alert_event', [
    ...[alertRow('AL-1', 'a', 'firing', 0), alertRow('AL-1', 'a', 'acknowledged', 4, human)],
    alertRow('AL-1', 'a', 'resolved', 30),
    ...[alertRow('AL-2', 'a', 'firing', 0), alertRow('AL-2', 'a', 'acknowledged', 8, human)],
    ...[alertRow('AL-3', 'b', 'firing', 0, { severity: 4 }), alertRow('AL-4', 'c', 'pending', 0)],
  ]);
});
afterAll(async () => {
  await api.close();
  await db.close();
});

describe('shifts', () => {
  it('tell what became of alerts, and what is open', async () => {
    const { happened, current, steps } = await ask<ShiftsReply>('/shifts');
    expect(happened).toMatchObject({ fired: 3, acknowledged: 2, resolved: 1, open: 2, unseen: 1 });
    expect(current.shift_id).toBe('CA-0');
    expect(steps).toEqual(['note', 'hand']);
  });

  it('are noted upon and handed over, and not taken by the same account', async () => {
    expect(await ask('/shifts/take', {})).toMatchObject({ code: 'IOC_SHIFT_STATE' });
    expect(await ask('/shifts/note', {})).toMatchObject({ code: 'IOC_BAD_REQUEST' });
    await ask('/shifts/note', { text: 'Mất điện ở Vân Đồn' });
    const handed = await ask<ShiftsReply>('/shifts/hand', { text: 'Theo dõi máy nổ' });
    expect(handed.current).toMatchObject({ notes: [{ text: 'Mất điện ở Vân Đồn' }], handed_note: 'Theo dõi máy nổ' });
    expect(handed.steps).toEqual(['note']);
    expect(await ask('/shifts/hand', {})).toMatchObject({ code: 'IOC_SHIFT_STATE' });
    expect(await ask('/shifts/take', {})).toMatchObject({ code: 'IOC_SHIFT_PARTY' });
  });

  it('go on when somebody else takes them', async () => {
    const now = Date.now();
    const common = { event_key: randomUUID(), id: 'x', subject: 'CA-0', unit: 'H49', unit_path: '/H49/' };
    await insert(db.writer, 'duty_event', [
      { ...common, type: 'shift.taken', source: 'toan-canh', observed_at: now, received_at: now, actor: 'Minh' },
    ]);
    const { current, past, happened } = await ask<ShiftsReply>('/shifts');
    expect(past).toMatchObject([{ shift_id: 'CA-0', taken_by: 'Minh' }]);
    expect(current).toMatchObject({ began_at: now, began_by: 'Minh', notes: [], handed_at: null });
    expect(happened).toMatchObject({ since: now, fired: 0, open: 2 });
  });
});

describe('the statistics of alerts', () => {
  it('say how soon they were seen and over, by rule, unit and severity', async () => {
    const found = await ask<AlertStatistics>('/alerts/statistics?days=7');
    expect(found.all).toEqual({
      ...{ fired: 3, acknowledged: 2, resolved: 1, seen_median: 6 * MINUTE_MS, seen_p90: 7.6 * MINUTE_MS },
      ...{ over_median: 30 * MINUTE_MS, over_p90: 30 * MINUTE_MS },
    });
    expect(found.by_rule.map(({ rule, fired, seen_median }) => [rule, fired, seen_median])).toEqual([
      ['a', 2, 6 * MINUTE_MS],
      ['b', 1, null],
    ]);
    expect(found.by_severity.map(({ severity, fired }) => [severity, fired])).toEqual([
      [3, 2],
      [4, 1],
    ]);
    expect(found.by_unit).toMatchObject([{ unit: 'H49.01', fired: 3 }]);
  });
});
