import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { assertFree, reachableHost } from './ports.ts';

test('names the port and the variable of a port that is in use', async () => {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  await expect(assertFree('127.0.0.1', port, 'INGEST_PORT')).rejects.toThrow(`Port ${port} (INGEST_PORT) is in use`);
  await new Promise((done) => server.close(done));
  await expect(assertFree('127.0.0.1', port, 'INGEST_PORT')).resolves.toBeUndefined();
});

test('any free port is always free; an address of another machine is not ours', async () => {
  await expect(assertFree('127.0.0.1', 0, 'PORT')).resolves.toBeUndefined();
  await expect(assertFree('192.0.2.1', 8080, 'PORT')).rejects.toThrow(/HOST, PORT/);
});

test('reaches a listener on all addresses over loopback', () => {
  expect(['0.0.0.0', '::', '127.0.0.1', '::1'].map(reachableHost)).toEqual([
    '127.0.0.1',
    '127.0.0.1',
    '127.0.0.1',
    '[::1]',
  ]);
});
