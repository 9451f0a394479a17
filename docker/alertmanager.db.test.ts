import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEventPoster } from '#api/actions/event-poster.ts';
import { issueToken } from '#api/auth/issue-token.ts';
import { createKeeper } from '#api/auth/keeper.ts';
import { startTestApp, type TestApp } from '#api/test-app.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

const run = promisify(execFile);
const OWN_TOKEN = 'token-of-the-product';
const isThere = async (command: string) =>
  run(command, ['--version']).then(
    () => true,
    () => false,
  );
const hasAmtool = await isThere('amtool');
const hasPrometheus = await isThere('prometheus');

let ingest: TestIngest;
let here: TestApp;
let folder: string;
let province: string;
let centre: string;

const amtool = async (token: string, ...args: string[]) => {
  const file = join(folder, `http-${token.slice(0, 8)}.yml`);
  await writeFile(file, `authorization:\n  type: Bearer\n  credentials: ${token}\n`);
  const base = ['--http.config.file', file, '--alertmanager.url', `${here.url}/api/alertmanager`];
  return (await run('amtool', [...base, ...args])).stdout.trim();
};
const ask = async (method: string, path: string, token: string, body?: unknown) => {
  const reply = await fetch(`${here.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const said: unknown = await reply.json();
  return { status: reply.status, body: said };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-alertmanager-'));
  const tokensFile = join(folder, 'tokens.json');
  await writeFile(tokensFile, JSON.stringify([{ token: OWN_TOKEN, source: OWN_SOURCE }]));
  ingest = await startTestIngest({ tokensFile });
  const keeper = createKeeper({
    client: connect(ingest.store.accesses.keeper, { quiet: true }),
    session_ms: 3_600_000,
  });
  here = await startTestApp(ingest.store.accesses.reader, {
    auth: { keeper },
    post: createEventPoster({ url: ingest.url, token: OWN_TOKEN }),
  });
  const order = { subject: 'monitor', shown: 'Prometheus', role: 'duty' as const, unit: null, days: 1, actor: 'test' };
  const whole = issueToken({ ...order, now: Date.now() });
  const own = issueToken({
    ...order,
    subject: 'own',
    shown: 'Huyện Hai',
    role: 'centre',
    unit: 'H49.02',
    now: Date.now(),
  });
  await keeper.keep([whole.event, own.event]);
  const officer = { hash: null, demo: false, external: false };
  for (const [name, role, unit] of [
    ['truc', 'duty', null],
    ['hai', 'centre', 'H49.02'],
    ['mot', 'centre', 'H49.01'],
  ] as const)
    await keeper.keep([
      { type: 'account.made', subject: name, actor: 'test', data: { ...officer, name, shown: name, role, unit } },
    ]);
  [province, centre] = [whole.token, own.token];
});
afterAll(async () => {
  await here.close();
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

describe('silences', () => {
  const body = {
    matchers: [{ name: 'rule', op: '=', value: 'disk' }],
    ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    note: 'Thay ổ',
  };

  it('are of the own subtree, and seen and ended within it alone', async () => {
    const own = await ask('POST', '/api/silences', centre, body);
    expect(own).toMatchObject({
      status: 201,
      body: { unit: 'H49.02', state: 'active', set_by: 'Huyện Hai', kind: 'silence' },
    });
    const whole = await ask('POST', '/api/silences', province, { ...body, kind: 'maintenance' });
    expect(whole).toMatchObject({ status: 201, body: { unit: 'H49', kind: 'maintenance' } });
    const id = (silence: { body: unknown }) => JSON.stringify(silence.body).match(/"silence_id":"([^"]+)"/)?.[1] ?? '';
    expect(await ask('POST', '/api/silences', centre, { ...body, unit: 'H49.01' })).toMatchObject({ status: 404 });
    expect(await ask('GET', '/api/silences', centre)).toMatchObject({ body: { rows: [{ unit: 'H49.02' }] } });
    expect(await ask('DELETE', `/api/silences/${id(whole)}`, centre)).toMatchObject({ status: 404 });
    expect(await ask('DELETE', `/api/silences/${id(own)}`, province)).toMatchObject({
      status: 200,
      body: { state: 'expired', ended_by: 'Prometheus' },
    });
    expect(await ask('DELETE', `/api/silences/${id(whole)}`, province)).toMatchObject({ status: 200 });
  });

  it.each([
    ['of everything', { matchers: [{ name: 'rule', op: '=~', value: '.*' }] }],
    ['with an expression that is none', { matchers: [{ name: 'rule', op: '=~', value: '(' }] }],
    ['that is over', { ends_at: '2020-01-01T00:00:00Z' }],
    ['without a reason', { note: ' ' }],
  ])('are refused %s', async (_what, more) => {
    expect(await ask('POST', '/api/silences', province, { ...body, ...more })).toMatchObject({ status: 400 });
  });

  it('say how many open alerts they would be about, within the own subtree', async () => {
    const pushed = { labels: { alertname: 'Covered', unit: 'H49.02' }, annotations: { summary: 's' } };
    expect(await ask('POST', '/api/alertmanager/api/v2/alerts', province, [pushed])).toMatchObject({ status: 200 });
    const covered = (token: string, matchers: unknown, unit = '') =>
      ask('GET', `/api/silences/covered?matchers=${encodeURIComponent(JSON.stringify(matchers))}${unit}`, token);
    const named = [{ name: 'alertname', op: '=', value: 'Covered' }];
    await expect
      .poll(() => covered(province, named), { timeout: 20_000, interval: 200 })
      .toMatchObject({ status: 200, body: { count: 1 } });
    expect(await covered(centre, named)).toMatchObject({ body: { count: 1 } });
    expect(await covered(province, named, '&unit=H49.01')).toMatchObject({ body: { count: 0, alert_ids: [] } });
    expect(await covered(centre, named, '&unit=H49.03')).toMatchObject({ status: 404 });
    expect(await covered(province, [{ name: 'rule', op: '=~', value: '.*' }])).toMatchObject({ status: 400 });
    expect(await ask('GET', '/api/silences/covered?matchers=x', province)).toMatchObject({ status: 400 });
  });

  it('list no dead letters while all is well', async () => {
    expect(await ask('GET', '/api/notices/failed', province)).toMatchObject({ status: 200, body: { rows: [] } });
  });
});

describe('an alert that was pushed', () => {
  it('says what the monitor remarked on it, without what is personal', async () => {
    const annotations = { summary: 'Ổ đầy', runbook_url: 'https://wiki.test/disk', owner: 'gọi 0912345678' };
    const pushed = { labels: { alertname: 'Remarked', unit: 'H49.02' }, annotations };
    expect(await ask('POST', '/api/alertmanager/api/v2/alerts', province, [pushed])).toMatchObject({ status: 200 });
    const listed = await ask('GET', '/api/alerts?rule=Remarked', centre);
    const id = /"alert_id":"(AM-[^"]+)"/.exec(JSON.stringify(listed.body))?.[1] ?? '';
    const { body } = await ask('GET', `/api/alerts/${id}`, centre);
    expect(body).toMatchObject({
      text: 'Ổ đầy',
      annotations: { summary: 'Ổ đầy', runbook_url: 'https://wiki.test/disk', owner: expect.any(String) },
    });
    expect(JSON.stringify(body)).not.toContain('0912345678');
  });

  it('is offered to those who may act on it, and nobody of another unit is named to a centre', async () => {
    const offered = (units: string, token: string) => ask('GET', `/api/alerts/assignees?units=${units}`, token);
    const two = { name: 'hai', role: 'centre', unit: 'H49.02' };
    const duty = { name: 'truc', role: 'duty', unit: 'H49' };
    expect(await offered('H49.02', province)).toEqual({ status: 200, body: [two, duty] });
    expect(await offered('H49.02,H49.01', province)).toEqual({ status: 200, body: [duty] });
    expect(await offered('H49.02', centre)).toEqual({ status: 200, body: [two] });
    const foreign = await offered('H49.01', centre);
    const none = await offered('H49.99', centre);
    expect([foreign.status, none.status]).toEqual([404, 404]);
    expect(Reflect.get(Object(foreign.body), 'code')).toBe(Reflect.get(Object(none.body), 'code'));
  });
});

describe.skipIf(!hasAmtool)('amtool (skipped where prometheus-alertmanager is not installed)', () => {
  it('pushes an alert, finds it, silences it and ends the silence', async () => {
    await amtool(
      province,
      'alert',
      'add',
      'DiskFull',
      'severity=critical',
      'unit=H49.02',
      'disk=sda',
      '--annotation=summary=Ổ đĩa đầy',
    );
    await amtool(
      province,
      'alert',
      'add',
      'DiskFull',
      'severity=critical',
      'unit=H49.02',
      'disk=sda',
      '--annotation=summary=Ổ đĩa đầy',
    );
    expect(await ingest.rows("SELECT rule, severity, state FROM live.alert WHERE rule = 'DiskFull'")).toEqual([
      { rule: 'DiskFull', severity: 4, state: 'firing' },
    ]);
    expect(await amtool(province, 'alert', 'query', 'disk=sda')).toMatch(/DiskFull .*active/s);
    expect(await amtool(province, 'alert', 'query', 'disk=sdb')).not.toContain('DiskFull');
    const id = await amtool(
      centre,
      'silence',
      'add',
      'alertname=DiskFull',
      '--comment=thay ổ',
      '--author=a',
      '--duration=1h',
    );
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await amtool(province, 'silence', 'query')).toContain('DiskFull');
    expect(await amtool(province, 'alert', 'query', '--silenced')).toContain('suppressed');
    await amtool(centre, 'silence', 'expire', id);
    expect(await amtool(province, 'silence', 'query')).not.toContain('DiskFull');
    expect(await amtool(province, 'silence', 'query', '--expired')).toContain('DiskFull');
    expect(await amtool(province, 'config', 'show')).toContain('receivers');
    // over, said by whoever pushes
    const labels = { alertname: 'DiskFull', severity: 'critical', unit: 'H49.02', disk: 'sda' };
    const over = [{ labels, endsAt: new Date().toISOString() }];
    expect(await ask('POST', '/api/alertmanager/api/v2/alerts', province, over)).toMatchObject({ status: 200 });
    expect(await amtool(province, 'alert', 'query')).not.toContain('DiskFull');
  });

  it('sees and pushes within its own unit', async () => {
    await amtool(centre, 'alert', 'add', 'Mine', 'unit=H49.01');
    expect(await ingest.rows("SELECT unit_path FROM live.alert WHERE rule = 'Mine'")).toEqual([
      { unit_path: '/H49/H49.02/' },
    ]);
    await amtool(province, 'alert', 'add', 'Theirs', 'severity=warning');
    expect(await amtool(centre, 'alert', 'query')).not.toContain('Theirs');
    await expect(amtool('wrong-token', 'alert', 'query')).rejects.toThrow();
  });
});

describe.skipIf(!hasPrometheus)('prometheus (skipped where it is not installed)', () => {
  let process: ChildProcess | undefined;
  afterAll(async () => {
    const ended = new Promise((done) => process?.once('exit', done));
    process?.kill('SIGKILL');
    await ended;
  });
  it('pushes what its rules find, and that it is over', async () => {
    const port = await new Promise<number>((done) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => done(typeof address === 'object' && address ? address.port : 0));
      });
    });
    const rules = join(folder, 'rules.yml');
    const rule = (expr: string) =>
      `groups:\n- name: g\n  interval: 1s\n  rules:\n  - alert: FromPrometheus\n    expr: ${expr}\n    labels: { severity: warning }\n    annotations: { summary: Thử }\n`;
    await writeFile(rules, rule('vector(1)'));
    const alertmanager = `- path_prefix: /api/alertmanager\n    authorization: { credentials: ${province} }\n    static_configs: [{ targets: ['${new URL(here.url).host}'] }]`;
    await writeFile(
      join(folder, 'prometheus.yml'),
      `global: { evaluation_interval: 1s }\nrule_files: [${rules}]\nalerting:\n  alertmanagers:\n  ${alertmanager}\n`,
    );
    process = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'tsdb')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.enable-lifecycle',
        // what fires before its alertmanagers are found is sent again after so long
        '--rules.alert.resend-delay=2s',
      ],
      { stdio: 'ignore' },
    );
    const state = () => ingest.rows("SELECT state, severity, text FROM live.alert WHERE rule = 'FromPrometheus'");
    await expect.poll(state, { timeout: 30_000 }).toEqual([{ state: 'firing', severity: 2, text: 'Thử' }]);
    await writeFile(rules, rule('vector(1) > 2'));
    await fetch(`http://127.0.0.1:${port}/-/reload`, { method: 'POST' });
    await expect.poll(state, { timeout: 30_000 }).toEqual([{ state: 'resolved', severity: 2, text: 'Thử' }]);
  }, 90_000);
});
