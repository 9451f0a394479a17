import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { createEventPoster, type OwnEvent, type PostEvents } from '#api/actions/event-poster.ts';
import { request } from '#api/auth/test-request.ts';
import { testDashboards } from '#api/test-boards.ts';
import { ReceiverSchema } from '#dashboards/schema/receiver.ts';
import { auditLive, listBuckets } from '#ingest/clickhouse/audit/live-audit.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

const TOKEN = 'token-of-the-product';
const MINUTE = 60_000;
const SCREEN = ReceiverSchema.parse({ kind: 'app', name: { vi: 'Màn hình trực', en: 'Duty desk' } });

let ingest: TestIngest;
let here: TestApp;
let folder: string;
let post: PostEvents;
const now = Date.now();

/** What an evaluator would say of an alert. */
const said = (
  alert: string,
  type: OwnEvent['type'],
  ago_min: number,
  more: Record<string, unknown> = {},
): OwnEvent => ({
  id: `${alert}/${type}/${ago_min}`,
  type,
  subject: alert,
  unit: alert === 'AL-1' ? 'H49.02' : 'H49',
  at: now - ago_min * MINUTE,
  data: {
    rule: 'unit-overdue',
    labels: { unit: 'H49.02' },
    severity: 3,
    onset_at: new Date(now - 20 * MINUTE).toISOString(),
    ...more,
  },
});

const act = (body: Record<string, unknown>) => request(here.url, 'POST', '/api/alerts/act', { body });
const page = (query = '') => request(here.url, 'GET', `/api/alerts${query}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-alerts-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: TOKEN, source: OWN_SOURCE }]));
  ingest = await startTestIngest({ tokensFile });
  post = createEventPoster({ url: ingest.url, token: TOKEN });
  const dashboards = testDashboards();
  const notify = { ...dashboards.notify, receivers: new Map([['man-hinh', SCREEN]]) };
  here = await startTestApp(ingest.store.accesses.reader, {
    post,
    load: () => Promise.resolve({ dashboards: { ...dashboards, notify }, faults: [] }),
  });
  await post([
    said('AL-1', 'alert.pending', 20),
    said('AL-1', 'alert.firing', 15, { value: 21.5 }),
    said('AL-1', 'alert.measured', 5, { value: 30 }),
    said('AL-2', 'alert.firing', 20, { severity: 4, value: 1, text: 'UPS 1' }),
    said('AL-3', 'alert.pending', 20),
    said('AL-4', 'alert.firing', 20),
    said('AL-4', 'alert.resolved', 2),
    { ...said('x', 'alert.evaluated', 1), subject: 'evaluator' },
  ]);
});
afterAll(async () => {
  await here.close();
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the list of alerts', () => {
  it('holds what is open, the gravest first, and what was over before anybody saw it; with its values then and now', async () => {
    const { body } = await page();
    expect(body).toMatchObject({
      count: 3,
      counts: { open: 2, unseen: 2, critical: 1, resolved_unseen: 1, shelved: 0 },
      rows: [
        { alert_id: 'AL-2', severity: 4, text: 'UPS 1', unit: 'H49' },
        {
          alert_id: 'AL-1',
          state: 'firing',
          human: 'unseen',
          trigger_value: 21.5,
          value: 30,
          fired_at: now - 15 * MINUTE,
        },
        { alert_id: 'AL-4', state: 'resolved' },
      ],
    });
  });

  it.each([
    ['?state=pending', ['AL-3']],
    ['?severity=4', ['AL-2']],
    ['?unit=H49.02', ['AL-1']],
    ['?state=resolved', ['AL-4']],
    ['?q=ups', ['AL-2']],
    ['?rule=another', []],
    ['?state=open&human=unseen', ['AL-2', 'AL-1']],
  ])('is narrowed by %s', async (query, ids) => {
    const { body } = await page(query);
    expect(body).toMatchObject({ count: ids.length, rows: ids.map((alert_id) => ({ alert_id })) });
  });

  it('refuses what is no state', async () => {
    expect((await page('?human=drunk')).status).toBe(400);
  });
});

it('says what the receivers are called that an alert was told to, and the id of one whose file is gone', async () => {
  await post([
    said('AL-4', 'alert.notified', 3, { receiver: 'man-hinh', reason: 'first' }),
    said('AL-4', 'alert.notified', 2, { receiver: 'khong-con', reason: 'resolved' }),
  ]);
  await expect
    .poll(() => request(here.url, 'GET', '/api/alerts/AL-4'))
    .toMatchObject({ body: { notified_to: 'khong-con', receivers: { 'man-hinh': SCREEN.name }, annotations: {} } });
});

describe('what people do about alerts', () => {
  it('is seen by the next, once, and taken back', async () => {
    const both = { alert_ids: ['AL-1', 'AL-2'], act: 'acknowledge', note: 'đang xem' };
    expect(await act(both)).toMatchObject({ status: 200, body: { changed: 2 } });
    await expect.poll(() => page('?state=open&human=acknowledged')).toMatchObject({ body: { count: 2 } });
    expect(await act(both)).toMatchObject({ status: 200, body: { changed: 0 } });
    await act({ alert_ids: ['AL-1'], act: 'assign', assignee: 'Trực ca' });
    await expect.poll(() => page('?assignee=Trực ca')).toMatchObject({ body: { rows: [{ human: 'assigned' }] } });
    await act({
      alert_ids: ['AL-1'],
      act: 'shelve',
      until: new Date(now + 10 * MINUTE).toISOString(),
      note: 'chờ thợ',
    });
    await expect.poll(() => page('?human=shelved')).toMatchObject({ body: { rows: [{ shelved_why: 'chờ thợ' }] } });
    await act({ alert_ids: ['AL-1'], act: 'unshelve' });
    await expect.poll(() => page('?human=shelved')).toMatchObject({ body: { count: 0 } });
    await act({ alert_ids: ['AL-2'], act: 'close', note: 'báo nhầm' });
    await expect.poll(() => page('?state=open')).toMatchObject({ body: { count: 1 } });
    await act({ alert_ids: ['AL-2'], act: 'reopen' });
    await expect.poll(() => page('?state=open')).toMatchObject({ body: { count: 2 } });
    await act({ alert_ids: ['AL-2'], act: 'comment', note: 'đã gọi điện lực' });
    const { body } = await request(here.url, 'GET', '/api/alerts/AL-2');
    expect(body).toMatchObject({
      events: [
        { type: 'commented', note: 'đã gọi điện lực' },
        { type: 'reopened' },
        { type: 'closed', note: 'báo nhầm' },
        { type: 'acknowledged', note: 'đang xem' },
        { type: 'firing', value: 1 },
      ],
    });
  });

  it.each([
    [{ alert_ids: ['AL-1', 'AL-9'], act: 'acknowledge' }, 404],
    [{ alert_ids: ['AL-1'], act: 'comment' }, 400],
    [{ alert_ids: ['AL-1'], act: 'shelve' }, 400],
    [{ alert_ids: ['AL-1'], act: 'shelve', until: '2020-01-01T00:00:00Z' }, 400],
    [{ alert_ids: ['AL-1'], act: 'assign' }, 400],
    [{ alert_ids: [], act: 'close' }, 400],
  ])('is refused as a whole: %j', async (body, status) => {
    expect((await act(body)).status).toBe(status);
  });
});

it('is the same in history', async () => {
  const { body } = await page('?state=all');
  await expect
    .poll(() => page(`?state=all&at=${encodeURIComponent(new Date().toISOString())}`))
    .toMatchObject({
      body: { rows: expect.arrayContaining([]) },
    });
  const past = await page(`?state=all&at=${encodeURIComponent(new Date(Date.now() - 1).toISOString())}`);
  expect(past.body).toMatchObject({ rows: expect.anything() });
  const rowsOf = (reply: unknown) => JSON.stringify(reply).replaceAll(/"at":\d+,/g, '');
  expect(rowsOf(past.body)).toBe(rowsOf(body));
});

it('is compared with what its events fold to, and named where it differs', async () => {
  const { owner } = ingest.store;
  const buckets = await listBuckets(owner);
  const differing = async () =>
    (await Promise.all(buckets.map((bucket) => auditLive(bucket, { client: owner, settle_ms: 0 })))).flat();
  expect(buckets.map(({ unit_path }) => unit_path)).toContain('/H49/H49.02/');
  expect(await differing()).toEqual([]);
  await owner.command({
    query: `INSERT INTO live.alert_state (unit_path, onset_at, alert_id, level)
      SELECT unit_path, onset_at, alert_id, 9 FROM live.alert WHERE alert_id = 'AL-1'`,
  });
  expect(await differing()).toMatchObject([
    { relation: 'alert', id: 'AL-1', unit_path: '/H49/H49.02/', columns: ['level'] },
  ]);
});
