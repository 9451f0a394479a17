import { beforeAll, describe, expect, it } from 'vitest';
import type { Files } from './read-folder.ts';
import { edited, load, shippedFiles } from './test-files.ts';

const ROUTE = 'routes/nghiem-trong.yaml';
const ROSTER = 'rosters/truc-ban.yaml';
let files: Files;
beforeAll(async () => {
  files = await shippedFiles();
});

async function faultsOf(file: string, from: string | RegExp, to: string): Promise<string> {
  const { faults } = await load(edited(files, file, from, to));
  return faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`).join('\n');
}

describe('who is told of alerts', () => {
  it('is read with its defaults, routes in the order in which they are asked', async () => {
    const { dashboards, faults } = await load(files);
    expect(faults).toEqual([]);
    expect([...(dashboards?.notify.routes.keys() ?? [])]).toEqual(['nghiem-trong', 'san-pham', 'chung']);
    expect(dashboards?.notify.routes.get('nghiem-trong')).toMatchObject({
      matchers: [{ name: 'severity', op: '=', value: 'critical' }],
      repeat_interval: 1_800_000,
      continue: false,
    });
    expect(dashboards?.notify.receivers.get('zalo')).toMatchObject({ kind: 'webhook', enabled: false });
  });

  it.each([
    ['a matcher that is none', ROUTE, 'severity = critical', 'severity', /:\d+:\d+ matchers\[0\] .*is no matcher/],
    ['an expression that is none', ROUTE, 'severity = critical', 'severity =~ (', /is no matcher/],
    ['an expression that may take for ever', ROUTE, 'severity = critical', 'rule =~ (a+)+b', /is no matcher/],
    [
      'a receiver that is not there',
      ROUTE,
      'zalo,',
      'zalu,',
      /receivers\[2\] there is no receivers\/zalu\.yaml; did you mean "zalo"/,
    ],
    [
      'an escalation that is not there',
      ROUTE,
      'escalation: truc-ban',
      'escalation: truc',
      /there is no escalations\/truc\.yaml/,
    ],
    ['a unit that is not there', ROUTE, 'order: 10', 'order: 10\nunit: H49.99', /unit unknown unit "H49.99"/],
    [
      'an unknown kind',
      'receivers/sms.yaml',
      'kind: webhook',
      'kind: webhok',
      /unknown "kind" "webhok"; .*allowed: app, email, webhook/,
    ],
    [
      'a secret that is not the name of a variable',
      'receivers/thu-truc-ban.yaml',
      'port: 25',
      'port: 25\npassword_env: mật-khẩu',
      /password_env .*is no name of a variable of receivers/,
    ],
    [
      'a text that asks for the variable of somebody else',
      'receivers/telegram.yaml',
      '{env.NOTIFY_TELEGRAM_CHAT}',
      '{env.INGEST_TOKEN}',
      /body .*allowed: \{env\.NOTIFY_…\}/,
    ],
    [
      'a roster that is not there',
      'receivers/zalo.yaml',
      'roster: truc-ban',
      'roster: truc',
      /roster there is no rosters\/truc\.yaml/,
    ],
    [
      'a person that is not there',
      ROSTER,
      'who: [ca-dem]',
      'who: [dem]',
      /shifts\[2\]\.who\[0\] nobody is called "dem"/,
    ],
    [
      'an hour that nobody covers',
      ROSTER,
      "from: '22:00'",
      "from: '23:00'",
      /nobody is on duty on day 1 \(1 is Monday\) at 22:00/,
    ],
    [
      'a level that tells a receiver that is not there',
      'escalations/truc-ban.yaml',
      'thu-lanh-dao',
      'thu',
      /levels\[1\]\.receivers\[1\] there is no/,
    ],
    [
      'a place that is none',
      'inhibitions/vong-dut.yaml',
      'place: behind',
      'place: beside',
      /"place" is not right .*allowed: "below", "behind"/,
    ],
  ])('is refused with %s', async (_what, file, from, to, message) => {
    expect(await faultsOf(file, from, to)).toMatch(message);
  });

  it('stays as it was as a whole while a file is broken', async () => {
    const good = await load(files);
    const broken = edited(
      edited(files, 'receivers/zalo.yaml', 'kind: webhook', 'kind: ['),
      ROUTE,
      'order: 10',
      'order: 11',
    );
    const { dashboards, faults } = await load(broken, good);
    expect(faults.map(({ file }) => file)).toEqual(['receivers/zalo.yaml']);
    expect(dashboards?.notify).toBe(good.dashboards?.notify);
  });

  it('is, at the first start, what does not depend on a broken file', async () => {
    const { dashboards } = await load(edited(files, 'receivers/zalo.yaml', 'kind: webhook', 'kind: ['));
    expect([...(dashboards?.notify.routes.keys() ?? [])]).toEqual(['san-pham', 'chung']);
    expect(dashboards?.notify.receivers.has('zalo')).toBe(false);
  });
});
