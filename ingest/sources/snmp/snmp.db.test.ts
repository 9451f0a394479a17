import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createSession, createV3Session, ObjectType, Version2c, type Session } from 'net-snmp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector, type TestCollector } from '../../collect/test-collector.ts';
import { readDeviceValues, readTrapFiles } from '../../province.ts';
import { createDeviceIndex, DeviceSchema } from '../../schema/inventory.ts';
import { sharedData } from '../../shared-data.ts';
import { openSession, userOf } from './session.ts';
import { createSnmpSource, type SnmpSource } from './source.ts';
import { targetsOf } from './targets.ts';
import { readWalk, startTestAgent, type TestAgent } from './test-agent.ts';
import { hasSnmpd, SNMPD_PASSWORDS, startSnmpd, type Snmpd } from './test-snmpd.ts';
import { createTrapBook } from './trap-text.ts';

const run = promisify(execFile);
const walks = sharedData('snmp/snmpsim', process.env['SHARED_DATA']);
const isReal = hasSnmpd();
const INTERVAL_MS = 1_000;
const OPER = '1.3.6.1.2.1.2.2.1.8.3';
const SECRETS = new Map([
  ['SNMP_COMMUNITY', 'public'],
  ['SNMP_USER', 'ioc'],
  ['SNMP_AUTH', SNMPD_PASSWORDS.auth],
  ['SNMP_PRIVACY', SNMPD_PASSWORDS.privacy],
]);
const user = userOf({
  name: 'ioc',
  auth: { protocol: 'sha256', password: SNMPD_PASSWORDS.auth },
  privacy: { protocol: 'aes', password: SNMPD_PASSWORDS.privacy },
});

describe.skipIf(!walks)('the source of SNMP', () => {
  let store: TestStore;
  let source: SnmpSource;
  let collector: TestCollector;
  let agent: TestAgent;
  let snmpd: Snmpd | undefined;
  const faults: string[] = [];
  beforeAll(async () => {
    store = await startTestStore();
    agent = startTestAgent({ port: 21_611, objects: await readWalk(join(walks ?? '', 'routeros.snmprec')) });
    if (isReal) snmpd = await startSnmpd(21_612);
    const common = { kind: 'router', unit: 'H49' };
    const v3 = { version: '3', auth: 'sha256', auth_env: 'SNMP_AUTH', privacy: 'aes', privacy_env: 'SNMP_PRIVACY' };
    const devices = [
      {
        ...{
          ...common,
          id: 'r-mong-cai',
          name: 'Móng Cái',
          address: '127.0.0.1',
          snmp: { version: '2c', port: 21_611 },
        },
        links: [{ interface: 'WAN', id: 'tslcd-H49.02', unit: 'Móng Cái', from_unit: 'H49', ring: 'vong-mong-cai' }],
      },
      { ...common, id: 'real', name: 'real', kind: 'server', address: '127.0.0.2', snmp: { ...v3, port: 21_612 } },
      {
        ...common,
        id: 'other',
        name: 'other',
        address: '127.0.0.3',
        snmp: { version: '2c', community_env: 'SNMP_OTHER' },
      },
    ].map((device) => DeviceSchema.parse(device));
    const { polled, without } = targetsOf(devices, (name) => SECRETS.get(name));
    expect(without.map(({ id }) => id)).toEqual(['other']);
    const folder = join(import.meta.dirname, '../../../dashboards');
    source = createSnmpSource({
      devices: createDeviceIndex({ devices }),
      // the real agent listens at the first address of the loopback
      polled: polled.map(({ device, target }) => ({ device, target: { ...target, address: '127.0.0.1' } })),
      files: await readDeviceValues(join(folder, 'devices')),
      ...{ interval_ms: INTERVAL_MS, timeout_ms: 300, clock: Date.now },
      traps: { host: '127.0.0.1', port: 0, book: createTrapBook(await readTrapFiles(join(folder, 'traps'))) },
      onFault: (fault, device) => {
        if (device?.id !== 'real' || isReal) faults.push(`${device?.id ?? '-'} ${fault}`);
      },
    });
    collector = await startTestCollector(store, [source], { limits: { linger_ms: 10 } });
  });
  afterAll(async () => {
    await collector.close();
    agent.close();
    await snmpd?.close();
    await store.close();
  });

  const ask = async (query: string): Promise<unknown[]> =>
    (await store.owner.query({ query, format: 'JSONEachRow' })).json();
  async function until(query: string, isSo: (text: string) => boolean, within = 10_000): Promise<unknown[]> {
    for (const end = Date.now() + within; ; await sleep(20)) {
      const rows = await ask(query);
      if (isSo(JSON.stringify(rows))) return rows;
      if (Date.now() > end) throw new Error(`it did not come to it: ${JSON.stringify(rows)}`);
    }
  }
  const LINK = "SELECT link_id, unit_path, up, from_unit, ring FROM live.link WHERE link_id = 'tslcd-H49.02'";
  const state = { link_id: 'tslcd-H49.02', unit_path: '/H49/H49.02/', from_unit: 'H49', ring: 'vong-mong-cai' };

  it('tells the state of the links of the inventory, and within one poll that one is down', async () => {
    expect(await until(LINK, (text) => text !== '[]')).toEqual([{ ...state, up: 1 }]);
    const begun = performance.now();
    agent.set({ oid: OPER, type: ObjectType.Integer, value: 2 });
    await until(LINK, (text) => text.includes('"up":0'));
    expect(performance.now() - begun).toBeLessThan(INTERVAL_MS + 1_000);
    agent.set({ oid: OPER, type: ObjectType.Integer, value: 1 });
    expect(await until(LINK, (text) => text.includes('"up":1'))).toEqual([{ ...state, up: 1 }]);
    const READINGS =
      "SELECT metric, value, value_unit, place FROM live.reading WHERE subject LIKE 'r-mong-cai%' ORDER BY metric, place";
    const readings = await until(READINGS, (text) => text.includes('device.reachable'));
    expect(readings).toContainEqual({ metric: 'device.reachable', value: 1, value_unit: '1', place: '' });
    expect(readings).toContainEqual({
      metric: 'device.optical_power',
      value: -4.879,
      value_unit: 'dBm',
      place: 'tx sfp1',
    });
  });

  const sent = (
    send: (session: Session, done: (error: Error | null) => void) => void,
    session: Session,
  ): Promise<void> =>
    new Promise((resolve, reject) => {
      send(session, (error) => {
        session.close();
        if (error) reject(error);
        else resolve();
      });
    });
  const byCommunity = (community: string) =>
    createSession('127.0.0.1', community, {
      version: Version2c,
      trapPort: source.trapPort(),
      port: source.trapPort(),
      timeout: 300,
      retries: 0,
    });
  const LINES =
    "SELECT source, severity, format, msgid, message FROM live.syslog_event WHERE format = 'snmptrap' ORDER BY severity, message";

  it('acts on a notification at once, and on what the next poll finds', async () => {
    await sent(
      (session, done) =>
        session.trap(
          '1.3.6.1.6.3.1.1.5.3',
          [{ oid: '1.3.6.1.2.1.2.2.1.1.3', type: ObjectType.Integer, value: 3 }],
          done,
        ),
      byCommunity('public'),
    );
    await until(LINK, (text) => text.includes('"up":0'), INTERVAL_MS + 4_000);
    // the port is up all the time: the poll puts it right
    await until(LINK, (text) => text.includes('"up":1'));
  });

  it('keeps other notifications as lines, of version 2c and 3, traps and informs, and believes nobody else', async () => {
    const low = '1.3.6.1.4.1.318.0.7';
    const text = {
      oid: '1.3.6.1.4.1.318.2.3.3.0',
      type: ObjectType.OctetString,
      value: 'UPS: The battery power is too low.',
    };
    await sent((session, done) => session.trap(low, [text], done), byCommunity('public'));
    await sent(
      (session, done) => session.inform('1.3.6.1.6.3.1.1.5.1', [], (error) => done(error)),
      byCommunity('public'),
    );
    await sent((session, done) => session.trap('1.3.6.1.4.1.99999.0.1', [], done), byCommunity('wrong'));
    await sent(
      (session, done) => session.trap('1.3.6.1.4.1.99999.0.2', [text], done),
      createV3Session('127.0.0.1', user, { trapPort: source.trapPort(), engineID: '8000b98380deadbeef' }),
    );
    const lines = await until(
      LINES,
      (rows) => rows.includes('99999.0.2') && rows.includes('cold') && rows.includes('too low'),
    );
    const common = { source: 'r-mong-cai', format: 'snmptrap' };
    expect(lines).toEqual([
      { ...common, severity: 3, msgid: 'PowerNet-MIB::lowBattery', message: 'UPS: The battery power is too low.' },
      { ...common, severity: 4, msgid: 'SNMPv2-MIB::coldStart', message: 'SNMP Trap: Device Móng Cái cold booted' },
      {
        ...common,
        severity: 6,
        msgid: '1.3.6.1.4.1.99999.0.2',
        message: '1.3.6.1.4.1.99999.0.2 mtrapargsString.0=UPS: The battery power is too low.',
      },
    ]);
    expect(faults).toEqual(['- trap_auth']);
  });

  describe.skipIf(!isReal)('with the agent and the tools of Debian', () => {
    it('asks it by version 3, and finds what it has', { timeout: 30_000 }, async () => {
      const READINGS = "SELECT metric, value FROM live.reading WHERE subject LIKE 'real%'";
      const rows = await until(
        READINGS,
        (text) => text.includes('device.memory') && text.includes('device.load'),
        20_000,
      );
      expect(rows).toContainEqual({ metric: 'device.reachable', value: 1 });
    });

    it('is told by it that a password is wrong', async () => {
      const wrong = userOf({ name: 'ioc', auth: { protocol: 'sha256', password: 'wrong-horse' } });
      const target = { address: '127.0.0.1', port: 21_612, credentials: { user: wrong } };
      const session = openSession(target, { timeout_ms: 300, onGarbage: () => undefined });
      await expect(session.get(['1.3.6.1.2.1.1.5.0'])).rejects.toMatchObject({ fault: 'auth' });
      session.close();
    });

    it('takes its traps and informs', async () => {
      const to = `127.0.0.1:${source.trapPort()}`;
      const named = ['1.3.6.1.4.1.318.2.3.3.0', 's', 'said by snmptrap'];
      const v3 = [
        '-v3',
        '-u',
        'ioc',
        '-l',
        'authPriv',
        '-a',
        'SHA-256',
        '-A',
        SNMPD_PASSWORDS.auth,
        '-x',
        'AES',
        '-X',
        SNMPD_PASSWORDS.privacy,
      ];
      await run('snmptrap', ['-v2c', '-c', 'public', to, '', '1.3.6.1.4.1.318.0.5', ...named]);
      await run('snmptrap', ['-v1', '-c', 'public', to, '1.3.6.1.4.1.318', '127.0.0.1', '6', '9', '', ...named]);
      await run('snmptrap', [...v3, '-e', '0x8000000001020304', to, '', '1.3.6.1.4.1.318.0.38', ...named]);
      await run('snmpinform', [...v3, to, '', '1.3.6.1.4.1.318.0.11', ...named]);
      const lines = await until(LINES, (text) => text.split('said by snmptrap').length === 5);
      expect(JSON.stringify(lines)).toMatch(/upsOnBattery.*powerRestored.*dischargeCleared.*returnFromLowBattery/);
    });
  });
});
