import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseUdpDrops, udpDrops } from './udp-drops.ts';

const TABLE = `   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
  411: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5215 2 0000000000000000 17
  412: 0200007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5216 2 0000000000000000 3
 1033: 00000000:048A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 5217 2 0000000000000000 0
`;

describe('what the kernel dropped', () => {
  it('is read by local port, of all sockets on it', () => {
    expect([...parseUdpDrops(TABLE)]).toEqual([[5514, 20], [1162, 0]]); // prettier-ignore
  });

  it.skipIf(!existsSync('/proc/net/udp'))('counts what a socket that nobody reads could not hold', async () => {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 4_096 });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const sender = createSocket('udp4');
    // sent in one turn, so that nothing is read between two of them
    const sent = Array.from(
      { length: 300 },
      () => new Promise((done) => sender.send(Buffer.alloc(1_000), port, '127.0.0.1', done)),
    );
    await Promise.all(sent);
    expect(await udpDrops([port])).toBeGreaterThanOrEqual(0);
    sender.close();
    socket.close();
  });
});
