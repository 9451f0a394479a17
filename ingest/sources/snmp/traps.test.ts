import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSession, createV3Session, ObjectType, Version1, Version2c, type Session } from 'net-snmp';
import { expect, it } from 'vitest';
import { userOf } from './session.ts';
import { listenTraps, type Notification } from './traps.ts';

const user = userOf({ name: 'ioc', auth: { protocol: 'sha', password: 'correct-horse' } });

/** What the library puts on the wire for a notification. */
async function captured(send: (port: number) => Session): Promise<Buffer> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const came = new Promise<Buffer>((resolve) => socket.once('message', resolve));
  const session = send(socket.address().port);
  const bytes = await came;
  session.close();
  socket.close();
  return bytes;
}

it('takes notifications of all versions, and outlives whatever else is sent to it', async () => {
  const taken: Notification[] = [];
  const faults: string[] = [];
  const listener = await listenTraps({
    ...{ host: '127.0.0.1', port: 0, communities: ['public'], users: [user] },
    onTrap: (notification) => taken.push(notification),
    onFault: (fault) => faults.push(fault),
  });
  const done = () => undefined;
  const text = [{ oid: '1.3.6.1.4.1.318.2.3.3.0', type: ObjectType.OctetString, value: 'low' }];
  const valid = [
    await captured((trapPort) =>
      createSession('127.0.0.1', 'public', { version: Version2c, trapPort }).trap('1.3.6.1.4.1.318.0.7', text, done),
    ),
    await captured((trapPort) =>
      createSession('127.0.0.1', 'public', { version: Version1, trapPort }).trap(2, '10.1.1.1', done),
    ),
    await captured((trapPort) =>
      createV3Session('127.0.0.1', user, { trapPort, engineID: '8000b98380deadbeef' }).trap(
        '1.3.6.1.4.1.318.0.9',
        text,
        done,
      ),
    ),
  ];
  const sender = createSocket('udp4');
  const send = (bytes: Buffer) => sender.send(bytes, listener.port, '127.0.0.1');
  for (const bytes of valid) {
    for (let cut = 0; cut < bytes.length; cut += 1) send(bytes.subarray(0, cut));
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at] = (damaged[at] ?? 0) ^ 0xa5;
      send(damaged);
    }
    await sleep(50);
  }
  const damaged = taken.splice(0);
  for (const bytes of valid) send(bytes);
  send(
    await captured((trapPort) =>
      createSession('127.0.0.1', 'wrong', { version: Version2c, trapPort }).trap('1.3.6.1.4.1.318.0.7', text, done),
    ),
  );
  await sleep(200);
  expect(taken.map(({ oid, address }) => [oid, address])).toEqual([
    ['1.3.6.1.4.1.318.0.7', '127.0.0.1'],
    // a cold start is the first of the generic ones, a link that goes down the third
    ['1.3.6.1.6.3.1.1.5.3', '10.1.1.1'],
    ['1.3.6.1.4.1.318.0.9', '127.0.0.1'],
  ]);
  expect(taken[0]?.objects).toEqual([{ oid: '1.3.6.1.4.1.318.2.3.3.0', value: Buffer.from('low') }]);
  expect(faults.at(-1)).toBe('trap_auth');
  expect(faults).toContain('trap_garbage');
  // what is signed is not believed when one bit of it is another
  expect(damaged.filter(({ oid }) => oid.startsWith('1.3.6.1.4.1.318.0.9')).length).toBe(0);
  sender.close();
  await listener.close();
});
