import { setTimeout as sleep } from 'node:timers/promises';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { ObjectType } from 'net-snmp';
import { afterEach, describe, expect, it } from 'vitest';
import { DeviceSchema } from '../../schema/inventory.ts';
import { createPoller, type PolledDevice } from './poller.ts';
import type { SnmpRecord } from './record.ts';
import { openSession, SnmpError, userOf, type SnmpTarget } from './session.ts';
import type { ServedObject } from '../../simulate/snmp/object-tree.ts';
import { startTestAgent } from './test-agent.ts';
import { walkColumns } from './walk.ts';

const objects: ServedObject[] = [
  { oid: '1.3.6.1.2.1.1.2.0', type: ObjectType.OID, value: '1.3.6.1.4.1.9.1.1' },
  { oid: '1.3.6.1.2.1.1.3.0', type: ObjectType.TimeTicks, value: 5_000 },
  { oid: '1.3.6.1.2.1.1.5.0', type: ObjectType.OctetString, value: 'r-1' },
  { oid: '1.3.6.1.2.1.2.2.1.8.1', type: ObjectType.Integer, value: 1 },
  { oid: '1.3.6.1.2.1.31.1.1.1.1.1', type: ObjectType.OctetString, value: 'wan' },
];
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function agentAt(port: number, options: Partial<Parameters<typeof startTestAgent>[0]> = {}) {
  const agent = startTestAgent({ port, objects, ...options });
  closing.push(() => agent.close());
  return agent;
}
const public_ = { community: 'public' };
function polled(id: string, port: number, credentials: SnmpTarget['credentials'] = public_): PolledDevice {
  const device = DeviceSchema.parse({ id, name: id, kind: 'router', unit: 'H49', address: '127.0.0.1' });
  return { device, target: { address: '127.0.0.1', port, credentials } };
}
function sessionTo(port: number, credentials: SnmpTarget['credentials'] = public_, onGarbage = () => undefined) {
  const session = openSession({ address: '127.0.0.1', port, credentials }, { timeout_ms: 150, onGarbage });
  closing.push(() => session.close());
  return session;
}
const faultOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof SnmpError ? error.fault : error),
  );

describe('asking an agent', () => {
  it('says what went wrong: silence, a wrong community, a wrong password, a wrong name', async () => {
    const secrets = {
      auth: { protocol: 'sha256', password: 'correct-horse' },
      privacy: { protocol: 'aes', password: 'battery-staple' },
    } as const;
    const user = userOf({ name: 'ioc', ...secrets });
    agentAt(21_701, { user });
    const get = (port: number, credentials: SnmpTarget['credentials']) =>
      faultOf(sessionTo(port, credentials).get(['1.3.6.1.2.1.1.5.0']));
    expect(await get(21_701, public_)).toBe('none');
    expect(await get(21_701, { user })).toBe('none');
    expect(await get(21_701, { community: 'wrong' })).toBe('timeout');
    expect(await get(21_799, public_)).toBe('timeout');
    // agents differ: this one is silent to a wrong password, others say so, and so does this one to a wrong name
    const wrong = { ...secrets, auth: { protocol: 'sha256', password: 'wrong-horse' } } as const;
    expect(await get(21_701, { user: userOf({ name: 'ioc', ...wrong }) })).toBe('timeout');
    expect(await get(21_701, { user: userOf({ name: 'nobody', ...secrets }) })).toBe('auth');
  });

  it('outlives answers that are damaged, cut short, or nothing at all', { timeout: 30_000 }, async () => {
    agentAt(21_702);
    // stands between, and damages each answer in another way
    const between = createSocket('udp4');
    const behind = createSocket('udp4');
    closing.push(
      () => between.close(),
      () => behind.close(),
    );
    between.bind(21_703, '127.0.0.1');
    await once(between, 'listening');
    let from = { port: 0, address: '' };
    let turn = 0;
    between.on('message', (bytes, sender) => {
      from = sender;
      behind.send(bytes, 21_702, '127.0.0.1');
    });
    behind.on('message', (bytes) => {
      turn += 1;
      const damaged = Buffer.from(bytes);
      if (turn % 3 === 0) damaged[turn % damaged.length] = (turn * 37) % 256;
      const cut = turn % 3 === 1 ? damaged.subarray(0, turn % damaged.length) : damaged;
      between.send(turn % 3 === 2 ? Buffer.alloc(turn % 90, turn) : cut, from.port, from.address);
    });
    let garbage = 0;
    const session = sessionTo(21_703, public_, () => {
      garbage += 1;
      return undefined;
    });
    const faults = await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        await sleep(n * 3);
        return faultOf(session.get(['1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.3.0']));
      }),
    );
    expect(faults.filter((fault) => typeof fault !== 'string')).toEqual([]);
    expect(garbage).toBeGreaterThan(100);
  });

  it('reads columns of any length, and leaves one that goes in circles', async () => {
    const column = '1.3.6.1.4.1.1.1.1';
    const rows = Array.from({ length: 500 }, (_, n) => ({
      oid: `${column}.${n + 1}`,
      type: ObjectType.Integer,
      value: n,
    }));
    agentAt(21_704, { objects: rows });
    const found = await walkColumns(sessionTo(21_704), [column, '1.3.6.1.4.1.1.1.2']);
    expect(found.get(column)?.size).toBe(500);
    expect(found.get('1.3.6.1.4.1.1.1.2')?.size).toBe(0);
    const circling = { ...sessionTo(21_704), getBulk: () => Promise.resolve([[{ oid: `${column}.3`, value: 1 }]]) };
    expect((await walkColumns(circling, [column])).get(column)?.size).toBe(1);
  });
});

describe('the poller', () => {
  it('asks each device in its turn, and a dead one holds up nobody', { timeout: 20_000 }, async () => {
    const alive = Array.from({ length: 20 }, (_, n) => agentAt(21_710 + n));
    const told: SnmpRecord[] = [];
    const faults: string[] = [];
    const poller = createPoller({
      devices: [
        ...alive.map(({ port }) => polled(`alive-${port}`, port)),
        ...[1, 2, 3].map((n) => polled(`dead-${n}`, 21_790 + n)),
      ],
      ...{ files: [], interval_ms: 500, timeout_ms: 100, clock: Date.now },
      tell: (records) => told.push(...records),
      onFault: (fault, { id }) => faults.push(`${id} ${fault}`),
    });
    closing.push(() => poller.close());
    poller.start();
    await sleep(3_000);
    const reached = (id: string) =>
      told.flatMap((one) =>
        one.family === 'reading' && one.metric === 'device.reachable' && one.source === id ? [one.value] : [],
      );
    for (const { port } of alive) {
      expect(reached(`alive-${port}`).length).toBeGreaterThanOrEqual(4);
      expect(reached(`alive-${port}`).length).toBeLessThanOrEqual(7);
    }
    // down after three missed polls; nothing is said of its links
    expect(new Set(reached('dead-1'))).toEqual(new Set([0]));
    expect(faults.filter((fault) => fault === 'dead-1 timeout').length).toBeGreaterThan(reached('dead-1').length);
    expect(told.filter((one) => one.family === 'link' && one.source.startsWith('dead'))).toEqual([]);
    // one that falls silent is not said to have its links down, and is reachable again when it answers
    const [first] = alive;
    first?.answer(false);
    // a poll that was under way may have had its answer already
    await sleep(500);
    const before = told.length;
    await sleep(2_500);
    const silent = told.slice(before).filter(({ source }) => source === `alive-${first?.port ?? 0}`);
    expect(silent.some((one) => one.family === 'reading' && one.metric === 'device.reachable' && one.value === 0)).toBe(
      true,
    );
    expect(silent.filter(({ family }) => family === 'link')).toEqual([]);
    first?.answer(true);
    await sleep(1_000);
    expect(reached(`alive-${first?.port ?? 0}`).at(-1)).toBe(1);
  });
});
