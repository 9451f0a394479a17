/**
 * Viewers of the wall, in a process of their own: connects a number of them and reports when each saw a probe, an event whose asset
 * is `probe-<number>`. Run with an IPC channel: `viewers.ts URL BOARD COUNT`.
 */
import { io, type Socket } from 'socket.io-client';
import type { Cell, Diff, ServerEvents, Snapshot, ViewerEvents } from '#api/contract.ts';

const [url = '', board = '', count = '1'] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));

/** Sightings since the last report: probe number and instant (epoch ms), one for each viewer that saw it first then. */
let seen: [probe: number, at: number][] = [];
let messages = 0;

function follow(): Promise<void> {
  const socket: Socket<ServerEvents, ViewerEvents> = io(url, { transports: ['websocket'], reconnection: true });
  const known = new Set<number>();
  const look = (rows: Cell[][]): void => {
    messages += 1;
    const at = Date.now();
    for (const row of rows) {
      for (const cell of row) {
        const probe = typeof cell === 'string' && cell.startsWith('probe-') ? Number(cell.slice(6)) : undefined;
        if (probe === undefined || known.has(probe)) continue;
        known.add(probe);
        seen.push([probe, at]);
      }
    }
  };
  socket.on('key:diff', ({ set }: Diff) => look(set.map(([, row]) => row)));
  socket.on('key:snapshot', ({ rows }: Snapshot) => look(rows));
  return new Promise((done, fail) => {
    socket.once('connect_error', fail);
    socket.once('connect', () => {
      socket.emit('board:watch', { board }, (reply) => {
        if (reply.ok) done();
        else fail(new Error(reply.failure.message));
      });
    });
  });
}

const joining: Promise<void>[] = [];
for (let viewer = 0; viewer < Number(count); viewer++) joining.push(follow());
await Promise.all(joining);
process.send?.({ type: 'watching' });
setInterval(() => {
  process.send?.({ type: 'seen', seen, messages });
  seen = [];
}, 250);
