import { execFile, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectByTls } from 'node:tls';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { readSeverities } from '../../province.ts';
import { createDeviceIndex } from '../../schema/inventory.ts';
import { createSyslogSource, type SyslogSource } from './source.ts';
import { hasRsyslog, startRsyslog } from './test-rsyslog.ts';

const run = promisify(execFile);
let folder: string;
let store: TestStore;
let source: SyslogSource;
let collector: TestCollector;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-syslog-'));
  store = await startTestStore();
  const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
    ...['-keyout', files.key, '-out', files.cert],
  ]);
  source = createSyslogSource({
    host: '127.0.0.1',
    port: 0,
    tls: { port: 0, cert: await readFile(files.cert), key: await readFile(files.key) },
    devices: createDeviceIndex({
      devices: [
        {
          id: 'r-mong-cai',
          name: 'r',
          kind: 'router',
          unit: 'Móng Cái',
          simulated: false,
          address: '198.18.2.1',
          hostname: 'R-Mong-Cai',
        },
      ],
    }),
    judge: await readSeverities(join(import.meta.dirname, '../../../dashboards/severities')),
    onFault: (fault) => collector.collector.countFault('syslog', fault),
  });
  collector = await startTestCollector(store, [source], { limits: { linger_ms: 10 } });
});
afterAll(async () => {
  await collector.close();
  await store.close();
  await rm(folder, { recursive: true });
});

async function ask(query: string): Promise<Record<string, unknown>[]> {
  const result = await store.owner.query({ query, format: 'JSONEachRow' });
  return z.array(z.record(z.string(), z.unknown())).parse(await result.json());
}
const count = async (where: string): Promise<number> =>
  Number((await ask(`SELECT count() AS n FROM live.syslog_event WHERE ${where}`))[0]?.['n']);
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(30)) if (await isSo()) return;
  throw new Error('it did not come to it within 20 s');
}
async function sendTcp(text: string | Buffer, port = source.ports().plain): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.end(text);
  await once(socket, 'close');
}
async function sendUdp(bytes: Buffer): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise((done) => socket.send(bytes, source.ports().plain, '127.0.0.1', done));
  socket.close();
}

describe('syslog', () => {
  it('stores what comes over UDP, TCP in both framings, and TLS', async () => {
    const line = (how: string) =>
      `<165>1 2024-08-24T05:14:15.003+07:00 host-${how} app 8710 ID47 [x@1 a="1"] words of ${how}`;
    await sendUdp(Buffer.from(`${line('udp')}\n`));
    await sendTcp(`${line('line').length} ${line('line')}${line('octets')}\n`);
    const socket = connectByTls({ port: source.ports().tls, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.end(`${line('tls')}\n`);
    await until(async () => (await count("hostname LIKE 'host-%'")) === 4);
    const rows = await ask(
      `SELECT unit_path, source, facility, severity, format, transport, sender, hostname, app_name, procid, msgid, structured_data, message, fault, raw,
         formatDateTime(observed_at, '%F %T') AS at FROM live.syslog_event WHERE hostname LIKE 'host-%' ORDER BY hostname`,
    );
    const expected = (how: string, transport: string) => ({
      ...{ unit_path: '/H49/?/', source: 'syslog', facility: 20, severity: 5, format: 'rfc5424', transport },
      ...{ sender: '127.0.0.1', hostname: `host-${how}`, app_name: 'app', procid: '8710', msgid: 'ID47' },
      ...{
        structured_data: '{"x@1":{"a":"1"}}',
        message: `words of ${how}`,
        fault: '',
        raw: '',
        at: '2024-08-23 22:14:15',
      },
    });
    expect(rows).toEqual([
      expected('line', 'tcp'),
      expected('octets', 'tcp'),
      expected('tls', 'tls'),
      expected('udp', 'udp'),
    ]);
  });

  it('finds the unit of a device by its name, and counts lines by unit, severity and minute', async () => {
    const lines = Array.from(
      { length: 50 },
      (_, index) => `<189>Nov 22 10:00:0${index % 10} r-mong-cai %SYS-5-CONFIG_I: n${index}\n`,
    );
    await sendTcp(lines.join(''));
    await until(async () => (await count("source = 'r-mong-cai'")) === 50);
    // the views follow the log within the same insert
    await until(() => Promise.resolve(collector.collector.status()[0]?.spool_bytes === 0));
    const counts = (database: string) =>
      ask(
        `SELECT unit_path, toString(minute) AS minute, severity, toUInt32(lines) AS n FROM ${database}.syslog_count WHERE unit_path LIKE '%02%' ORDER BY ALL`,
      );
    const [only, ...others] = await counts('live');
    expect(only).toMatchObject({ unit_path: '/H49/H49.02/', severity: 5, n: 50 });
    expect(only?.['minute']).toMatch(/-11-22 03:00:00$/);
    expect(others).toEqual([]);
    expect(await counts('history')).toEqual([only]);
    expect(await ask("SELECT source FROM live.source WHERE family = 'syslog' AND unit_path = '/H49/H49.02/'")).toEqual([
      { source: 'r-mong-cai' },
    ]);
  });

  it('takes what products report in CEF and LEEF for security events, in four steps', async () => {
    await sendTcp(
      [
        '<134>Nov 22 10:00:00 fw CEF:0|Security|threatmanager|1.0|100|worm \\| stopped|10|src=10.0.0.1 dst=2.1.2.2 act=blocked msg=Detected a=b\\=c',
        '<134>Nov 22 10:00:00 fw CEF:0|V|P|1|1|odd|of its own|dst=1.1.1.1',
        '<14>Nov 22 10:00:00 pa LEEF:1.0|Palo Alto Networks|PAN-OS|11.1|allow|cat=TRAFFIC|dst=172.19.5.50|action=allow',
        '<14>Nov 22 10:00:00 ls LEEF:2.0|Lancope|StealthWatch|1.0|41|^|src=10.0.1.8^dst=10.0.0.5^sev=5',
        '<14>Nov 22 10:00:00 bad CEF:0|only|three',
      ].join('\n'),
    );
    await until(async () => (await count("fault = 'cef'")) === 1);
    const rows = await ask(
      'SELECT type, severity, event_type, signature, asset, action FROM live.security_event ORDER BY signature',
    );
    expect(rows).toEqual([
      { type: 'security.alert', severity: 2, event_type: 'leef', signature: '41', asset: '10.0.0.5', action: '' },
      {
        type: 'security.record',
        severity: 0,
        event_type: 'leef',
        signature: 'allow',
        asset: '172.19.5.50',
        action: 'allow',
      },
      { type: 'security.alert', severity: 0, event_type: 'cef', signature: 'odd', asset: '1.1.1.1', action: '' },
      {
        type: 'security.alert',
        severity: 4,
        event_type: 'cef',
        signature: 'worm | stopped',
        asset: '2.1.2.2',
        action: 'blocked',
      },
    ]);
  });

  it('takes what logger sends, in every way that it knows', { timeout: 60_000 }, async () => {
    if (spawnSync('logger', ['--version'], { stdio: 'ignore' }).status !== 0) {
      process.stderr.write('skipped: logger is not installed\n');
      return;
    }
    const { plain } = source.ports();
    const to = ['--server', '127.0.0.1', '--port', String(plain), '-p', 'local4.warning', '-t', 'logger-test'];
    const ways = [
      ['--udp'],
      ['--tcp'],
      ['--udp', '--rfc3164'],
      ['--tcp', '--rfc3164'],
      ['--tcp', '--octet-count'],
      ['--tcp', '--rfc5424'],
    ];
    // what names no zone is local to the province
    for (const [index, way] of ways.entries())
      await run('logger', [...to, ...way, `way ${index}`], { env: { ...process.env, TZ: 'ICT-7' } });
    await until(async () => (await count("app_name = 'logger-test'")) === ways.length);
    const rows = await ask(
      "SELECT facility, severity, fault, message, abs(dateDiff('second', observed_at, received_at)) < 30 AS now FROM live.syslog_event WHERE app_name = 'logger-test' ORDER BY message",
    );
    expect(rows).toEqual(
      ways.map((_way, index) => ({ facility: 20, severity: 4, fault: '', message: `way ${index}`, now: 1 })),
    );
  });

  it('masks phones and papers in what it keeps', async () => {
    await sendTcp(
      '<13>1 - masked app - - [p phone="0912345678"] so 022099001234, phone=0912345678\n<999>masked 0912345678\n',
    );
    await until(async () => (await count("hostname = 'masked' OR message LIKE 'masked%'")) === 2);
    const text = JSON.stringify(
      await ask(
        "SELECT message, raw, structured_data FROM live.syslog_event WHERE hostname = 'masked' OR message LIKE 'masked%'",
      ),
    );
    expect(text).not.toMatch(/0912345678|022099001234/);
  });

  it('makes of any bytes one row, or counts them', { timeout: 60_000 }, async () => {
    const before = collector.collector.status()[0]?.dropped ?? 0;
    const stored = await count('1');
    const sent = fc.sample(fc.uint8Array({ maxLength: 80 }), 400).map((bytes) => Buffer.from(bytes));
    for (const bytes of sent) await sendUdp(bytes);
    const empty = sent.filter((bytes) =>
      bytes.every(
        (code, at) => [0, 10, 13].includes(code) && bytes.subarray(at).every((end) => [0, 10, 13].includes(end)),
      ),
    );
    await until(async () => (await count('1')) === stored + sent.length - empty.length);
    expect(collector.collector.status()[0]?.dropped).toBe(before + empty.length);
  });
});

const FIELDS = ['hostname', 'app-name', 'procid', 'msgid', 'timereported:::date-rfc3339', 'msg'] as const;
const property = (field: string): string => {
  const [name, , , date] = field.split(':');
  return `constant(value="\\t") property(name="${name}"${date === undefined ? '' : ` dateFormat="${date.slice(5)}"`})`;
};

describe.skipIf(!hasRsyslog())('beside rsyslog', () => {
  it('reads the same fields of the same stream', { timeout: 60_000 }, async () => {
    const now = new Date();
    const stamp = `${now.toUTCString().slice(8, 11)} ${String(now.getUTCDate()).padStart(2)} 01:02:03`;
    const iso = `${now.toISOString().slice(0, 10)}T01:02:03.004Z`;
    const lines = Array.from({ length: 300 }, (_, index) => {
      const pri = (index * 7) % 192;
      return [
        `<${pri}>${stamp} diff-${index} su: 'su root' failed for lonvick on /dev/pts/${index}`,
        `<${pri}>${stamp} diff-${index} sshd[${index}]: Accepted publickey from 10.0.0.${index % 250} port 5${index}`,
        `<${pri}>1 ${iso} diff-${index} app ${index} ID${index} [ex@32473 iut="3" a="x\\]y"] line ${index}`,
        `<${pri}>1 ${iso} diff-${index} postfix/smtp - - - to=x, relay=y[10.0.0.1]:25`,
        `<${pri}>${iso} diff-${index} kernel: [12345.6] eth0: link up`,
      ][index % 5];
    });
    const rsyslog = await startRsyslog(
      folder,
      `property(name="pri") ${FIELDS.map(property).join(' ')} constant(value="\\n")`,
    );
    const stream = `${lines.join('\n')}\n`;
    await sendTcp(stream, rsyslog.port);
    await sendTcp(stream);
    await until(async () => (await count("hostname LIKE 'diff-%'")) === lines.length);
    await until(async () => (await rsyslog.output()).split('\n').length > lines.length);
    const output = await rsyslog.output();
    await rsyslog.close();
    const theirs = output
      .trimEnd()
      .split('\n')
      .map((text) => {
        const [pri, hostname, app_name, procid, msgid, time = '', message = ''] = text.split('\t');
        // an absent field is `-` to rsyslog, and its message begins with the space after the tag
        const none = (field = '') => (field === '-' ? '' : field);
        return {
          pri: Number(pri),
          hostname,
          app_name: none(app_name),
          procid: none(procid),
          msgid: none(msgid),
          at: Date.parse(time),
          message: message.replace(/^ /, ''),
        };
      });
    const ours = (
      await ask(
        "SELECT facility * 8 + severity AS pri, hostname, app_name, procid, msgid, toUnixTimestamp64Milli(observed_at) AS at, message, format, fault FROM live.syslog_event WHERE hostname LIKE 'diff-%' ORDER BY event_key",
      )
    ).map(({ at, format, fault, ...row }) => {
      expect(fault).toBe('');
      // a time without a zone is the province's to us; to rsyslog that of its machine
      const isLocal = format === 'rfc3164' && Number(at) % 1_000 === 0;
      return { ...row, at: Number(at) + (isLocal ? 7 * 3_600_000 - new Date().getTimezoneOffset() * -60_000 : 0) };
    });
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    expect(sorted(ours)).toEqual(sorted(theirs));
  });
});
