import { createServer, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReceiverSchema, type WrittenReceiver } from '#dashboards/schema/receiver.ts';
import { RosterSchema } from '#dashboards/schema/roster.ts';
import { RouteSchema, type WrittenRoute } from '#dashboards/schema/route.ts';
import { NOBODY } from '#dashboards/schema/notify.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';
import { createEventPoster, type OwnEvent } from '#api/actions/event-poster.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { testDashboards } from '#api/test-boards.ts';
import { sign } from '#api/alerts/notify/deliver/webhook.ts';

const OWN_TOKEN = 'token-of-the-product';
const name = { vi: 'Thử', en: 'Test' };

let ingest: TestIngest;
let here: TestApp;
let folder: string;
let smtp: SMTPServer;
let http: Server;
let status = 200;
const mails: string[] = [];
const hooks: { body: string; signature: unknown; id: unknown; key: unknown }[] = [];

const portOf = (address: unknown): number =>
  typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0;

const start = () => {
  const receiver = (written: WrittenReceiver) => ReceiverSchema.parse(written);
  const receivers = new Map([
    ['desk', receiver({ kind: 'app', name })],
    [
      'mail',
      receiver({
        ...{ kind: 'email', name, from: 'Toàn Cảnh <ioc@tinh.example>', roster: 'duty', host: '127.0.0.1' },
        ...{
          port: portOf(smtp.server.address()),
          username_env: 'NOTIFY_MAIL_USER',
          password_env: 'NOTIFY_MAIL_PASSWORD',
        },
      }),
    ],
    [
      'hook',
      receiver({
        ...{ kind: 'webhook', name, url: `http://127.0.0.1:${portOf(http.address())}/{env.NOTIFY_HOOK_PATH}` },
        ...{
          headers: { 'x-key': '{env.NOTIFY_HOOK_KEY}' },
          body: { text: '{title}\n{lines}' },
          secret_env: 'NOTIFY_HOOK_SECRET',
        },
      }),
    ],
  ]);
  receivers.set('dead', receiver({ kind: 'webhook', name, url: 'http://127.0.0.1:9/', give_up_after: '0' }));
  const route = (written: Partial<WrittenRoute>) =>
    RouteSchema.parse({ name, order: 1, receivers: ['desk', 'mail', 'hook'], group_by: ['rule'], ...written });
  const rosters = new Map([
    [
      'duty',
      RosterSchema.parse({
        name,
        people: { a: { name: 'Người trực', email: 'truc@tinh.example' } },
        shifts: [{ id: 'all', name, days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00', who: ['a'] }],
      }),
    ],
  ]);
  const routes = new Map([
    ['dead', route({ matchers: ['rule=dead'], receivers: ['dead'], group_wait: '0' })],
    ['all', route({ group_wait: '0', group_interval: '0' })],
  ]);
  const dashboards = testDashboards({ notify: { ...NOBODY, routes, receivers, rosters } });
  const secrets: Record<string, string> = {
    ...{
      NOTIFY_MAIL_USER: 'ioc',
      NOTIFY_MAIL_PASSWORD: 'mật-khẩu',
      NOTIFY_HOOK_PATH: 'hook',
      NOTIFY_HOOK_KEY: 'k',
      NOTIFY_HOOK_SECRET: 's',
    },
  };
  return startTestApp(ingest.store.accesses.reader, {
    load: () => Promise.resolve({ dashboards, faults: [] }),
    post: createEventPoster({ url: ingest.url, token: OWN_TOKEN }),
    notify: { env: (key) => secrets[key], every_ms: 50, patience_ms: 0 },
  });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-notify-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: OWN_TOKEN, source: OWN_SOURCE }]));
  ingest = await startTestIngest({ tokensFile });
  smtp = new SMTPServer({
    ...{ disabledCommands: ['STARTTLS'], allowInsecureAuth: true },
    onAuth: ({ username, password }, _session, done) =>
      username === 'ioc' && password === 'mật-khẩu' ? done(null, { user: 'ioc' }) : done(new Error('wrong')),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push(Buffer.concat(parts).toString());
        done();
      });
    },
  });
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
  http = createServer((request, reply) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { headers } = request;
      const [signature, id, key] = [headers['x-toan-canh-signature'], headers['x-toan-canh-id'], headers['x-key']];
      if (status === 200) hooks.push({ body: Buffer.concat(parts).toString(), signature, id, key });
      reply.writeHead(status).end('{}');
    });
  });
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  here = await start();
});
afterAll(async () => {
  await here.close();
  await ingest.close();
  await new Promise<void>((closed) => smtp.close(() => closed()));
  http.close();
  await rm(folder, { recursive: true, force: true });
});

const event = (id: string, type: OwnEvent['type'], more: Record<string, unknown> = {}, at = Date.now()): OwnEvent => ({
  ...{ id: `${id}/${type}/${at}`, type, subject: id, unit: 'H49', at },
  data: {
    rule: 'disk',
    labels: { disk: id },
    severity: 3,
    text: 'Ổ đĩa đầy',
    onset_at: '2026-11-01T00:00:00Z',
    ...more,
  },
});
const post = (...events: OwnEvent[]) => createEventPoster({ url: ingest.url, token: OWN_TOKEN })(events);
const reasons = (id: string): Promise<unknown> =>
  ingest.rows(
    `SELECT receiver, reason FROM log.alert_event WHERE subject = '${id}' AND type = 'alert.notified' ORDER BY receiver, observed_at`,
  );

describe('an alert', () => {
  it('is told to the desk, by mail to whoever is on shift, and by a signed webhook, and so is its end', async () => {
    await post(event('AL-1', 'alert.firing'));
    await expect
      .poll(() => reasons('AL-1'), { timeout: 10_000 })
      .toEqual([
        { receiver: 'desk', reason: 'first' },
        { receiver: 'hook', reason: 'first' },
        { receiver: 'mail', reason: 'first' },
      ]);
    expect(mails[0]).toMatch(/^To: truc@tinh\.example/m);
    expect(mails[0]).toMatch(/^Message-ID: <[0-9a-f]{32}@toan-canh>/m);
    const [hook] = hooks;
    expect(hook).toMatchObject({ key: 'k', signature: sign(hook?.body ?? '', 's') });
    expect(JSON.parse(hook?.body ?? '')).toMatchObject({
      text: expect.stringContaining('[Cao] Ổ đĩa đầy\n• Cao: Ổ đĩa đầy — Tỉnh'),
    });
    await post(event('AL-1', 'alert.resolved'));
    await expect.poll(() => hooks.length, { timeout: 10_000 }).toBe(2);
    expect(hooks[1]?.body).toContain('[Đã hết] Ổ đĩa đầy');
  });

  it('is told once: a start reads what was told before', async () => {
    const told = hooks.length;
    await post(event('AL-2', 'alert.firing'));
    await expect.poll(async () => JSON.stringify(await reasons('AL-2')), { timeout: 10_000 }).toMatch(/mail/);
    expect(hooks.length).toBe(told + 1);
    await here.close();
    here = await start();
    await post(event('AL-3', 'alert.firing'));
    await expect
      .poll(() => reasons('AL-3'), { timeout: 10_000 })
      .toContainEqual({ receiver: 'hook', reason: 'new_in_group' });
    expect(hooks.length).toBe(told + 2);
    expect(await reasons('AL-2')).toHaveLength(3);
  });

  it('is tried again while its receiver refuses, across a start, until it is taken', async () => {
    const told = hooks.length;
    status = 500;
    await post(event('AL-4', 'alert.firing', { rule: 'lag' }));
    await expect
      .poll(() => reasons('AL-4'), { timeout: 10_000 })
      .toContainEqual({ receiver: 'hook', reason: 'retrying' });
    expect(here.app.notifier()?.backing.size).toBe(1);
    await here.close();
    status = 200;
    here = await start();
    await expect.poll(() => hooks.length, { timeout: 10_000 }).toBe(told + 1);
    await expect.poll(() => reasons('AL-4'), { timeout: 10_000 }).toContainEqual({ receiver: 'hook', reason: 'first' });
  });

  it('that somebody has acknowledged before it was told of is told to nobody, and says why', async () => {
    await post(
      event('AL-5', 'alert.firing', { rule: 'other' }),
      event('AL-5', 'alert.acknowledged', { rule: 'other', actor: 'Trực ban' }),
    );
    await expect
      .poll(() => reasons('AL-5'), { timeout: 10_000 })
      .toContainEqual({ receiver: 'mail', reason: 'acknowledged' });
    expect(JSON.stringify(await reasons('AL-5'))).not.toContain('first');
  });

  it('that its receiver does not take in time is a dead letter', async () => {
    await post(event('AL-6', 'alert.firing', { rule: 'dead' }));
    const letters = async (): Promise<unknown> => (await fetch(`${here.url}/api/notices/failed`)).json();
    await expect
      .poll(letters, { timeout: 10_000 })
      .toMatchObject({ rows: [{ alert_id: 'AL-6', rule: 'dead', unit: 'H49', receiver: 'dead', reason: 'failed' }] });
  });

  it('goes to receivers and people on duty that the web can name', async () => {
    const ask = async (path: string): Promise<unknown> => (await fetch(`${here.url}/api/${path}`)).json();
    expect(await ask('notices/receivers')).toContainEqual({
      id: 'desk',
      kind: 'app',
      name,
      enabled: true,
      sound: 'chime',
    });
    expect(await ask('rosters')).toMatchObject([{ id: 'duty', on_shift: [{ person: 'Người trực', shift: 'all' }] }]);
  });
});
