// @vitest-environment node
import { expect, test } from 'vitest';
import { readCollectConfig } from './config.ts';

const STORE = { CLICKHOUSE_URL: 'http://127.0.0.1:8123', CLICKHOUSE_USER: 'writer', CLICKHOUSE_PASSWORD: '' };

test('a collector takes everything and watches, unless it has a name of its own and is told its part', () => {
  expect(readCollectConfig(STORE)).toMatchObject({ name: 'collector', collects: undefined });
  expect(readCollectConfig({ ...STORE, COLLECTOR_NAME: 'second', COLLECTS: 'syslog, mqtt' })).toMatchObject({
    name: 'second',
    collects: new Set(['syslog', 'mqtt']),
  });
});

test.each([
  ['a part without a name', { COLLECTS: 'syslog' }],
  ['a name without a part: two would poll the same devices', { COLLECTOR_NAME: 'second' }],
  ['an entry that there is none of', { COLLECTOR_NAME: 'second', COLLECTS: 'syslogs' }],
])('%s is refused', (_what, env) => {
  expect(() => readCollectConfig({ ...STORE, ...env })).toThrow(/COLLECTS/);
});
