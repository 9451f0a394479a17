import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startTestStore } from '#ingest/clickhouse/test-store.ts';
import { startTestApp } from '../test-app.ts';
import { testBoard, testDashboards, testQueries, testQuery } from '../test-boards.ts';
import { dossierRow, insert } from '../test-rows.ts';

/** A text frame as a client sends it (RFC 6455): masked, up to 125 bytes. */
function frame(text: string): Buffer {
  const mask = randomBytes(4);
  const body = Buffer.from(text).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x81, 0x80 | body.length]), mask, body]);
}

/** Opens socket.io over a bare TCP connection, which can stop reading. */
async function openBare(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  await once(socket, 'data');
  socket.write(frame('40'));
  await once(socket, 'data');
  return socket;
}

describe('a viewer that does not read', () => {
  it('is left out until it reads again, then is told where everything stands, and costs the others nothing', async () => {
    const db = await startTestStore();
    // a result of about 600 kB that is another one with every event
    const big = testQuery(
      'big',
      "SELECT arrayJoin(range(5000)) AS n, concat(toString(c), repeat('x', 100)) AS text FROM (SELECT count() AS c FROM dossier)",
      ['dossier'],
      { description: 'big', rows: { n: { type: 'number' }, text: { type: 'text' } }, max_rows: 5000 },
    );
    const dashboards = testDashboards({
      boards: new Map([['thu', testBoard(['big'], false)]]),
      queries: new Map([...testQueries(), big].map((query) => [query.id, query])),
    });
    const api = await startTestApp(db.accesses.reader, {
      load: () => Promise.resolve({ dashboards, faults: [] }),
      pace: { floor_ms: 50, rest: 0, budget: 10 },
      every_ms: 50,
    });
    try {
      const skipped = async () => (await api.app.metrics.skipped.get()).values[0]?.value ?? 0;
      const quick = await api.open();
      let seen = 0;
      quick.on('key:snapshot', () => (seen += 1));
      await quick.emitWithAck('board:watch', { board: 'thu' });
      const bare = await openBare(api.url);
      bare.write(frame('420["board:watch",{"board":"thu"}]'));
      await once(bare, 'data');
      bare.pause();

      for (let n = 0; n < 120 && (await skipped()) === 0; n += 1) {
        await insert(db.writer, 'dossier_event', [
          dossierRow({ observed_at: Date.now(), dossier_id: `H49.01-250101-${n}` }),
        ]);
        await sleep(50);
      }
      expect(await skipped()).toBe(1);
      const before = seen;
      await insert(db.writer, 'dossier_event', [
        dossierRow({ observed_at: Date.now(), dossier_id: 'H49.01-250101-9999' }),
      ]);
      await sleep(600);
      expect(seen).toBeGreaterThan(before);

      let tail = '';
      bare.on('data', (bytes: Buffer) => (tail = (tail + bytes.toString('latin1')).slice(-20_000)));
      bare.resume();
      const told = () => /42\["pulse".*"big@[^"]*":(\d+)/s.exec(tail)?.[1];
      const newest = () =>
        Object.entries(api.app.live.registry.seqs('/H49/')).find(([key]) => key.startsWith('big@'))?.[1];
      for (let n = 0; n < 100 && told() !== String(newest()); n += 1) await sleep(50);
      expect(told()).toBe(String(newest()));
      bare.destroy();
    } finally {
      await api.close();
      await db.close();
    }
  });
});
