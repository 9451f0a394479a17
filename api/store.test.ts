import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { createStore } from './store.ts';

it('calls a database away that does not answer the smallest question in time', async () => {
  // takes connections and never says a word, as an engine that hangs
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const client = connect(
    { url: `http://127.0.0.1:${address.port}`, username: 'reader', password: '' },
    { quiet: true },
  );
  onTestFinished(async () => {
    server.close();
    await client.close();
  });
  const store = createStore({ client, clock: Date.now, timeout_ms: 200 });
  await expect(store.ping()).rejects.toMatchObject({ code: 'IOC_STORE_AWAY' });
  await expect(store.watermarks()).rejects.toMatchObject({ code: 'IOC_STORE_AWAY' });
});
