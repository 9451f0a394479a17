import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig, StartError } from './config.ts';

test('starts a demo on loopback without a single variable', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8080, INGEST_PORT: 8081, DEMO: true, LOG_LEVEL: 'warn' });
  expect(config.DATA_DIR).toBe(resolve('data'));
  expect(config.CLICKHOUSE_URL).toBeUndefined();
});

test('lists every fault at once', () => {
  const read = () =>
    readConfig({ PORT: 'http', INGEST_TOKEN: 'short', CLICKHOUSE_URL: 'ftp://x', CLOCK_START: 'noon' });
  expect(read).toThrow(StartError);
  expect(read).toThrow(/PORT: [^]*INGEST_TOKEN: at least 16[^]*CLICKHOUSE_URL: [^]*CLOCK_START: /);
});

test('takes an empty variable for an absent one, as compose files write them', () => {
  expect(readConfig({ PORT: '', CLICKHOUSE_URL: '', CLOCK_START: '' })).toMatchObject({ PORT: 8080 });
});

test('DEMO=0 turns the demo province off', () => {
  expect(readConfig({ DEMO: '0' }).DEMO).toBe(false);
  expect(() => readConfig({ DEMO: 'maybe' })).toThrow(/DEMO/);
});

test('refuses one port for both, unless any free one is asked for', () => {
  expect(() => readConfig({ PORT: '9000', INGEST_PORT: '9000' })).toThrow(/INGEST_PORT: is the same as PORT/);
  expect(readConfig({ PORT: '0', INGEST_PORT: '0' })).toMatchObject({ PORT: 0, INGEST_PORT: 0 });
});
