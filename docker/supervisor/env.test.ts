import { expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { apiEnv, collectorEnv, ingestEnv, simulatorEnv } from './env.ts';

const base = {
  PATH: '/bin',
  CLICKHOUSE_URL: 'http://ch:8123',
  CLICKHOUSE_USER: 'owner',
  CLICKHOUSE_PASSWORD: 'owner-secret',
  CLICKHOUSE_WRITER_PASSWORD: 'writer-secret',
  CLICKHOUSE_READER_PASSWORD: 'reader-secret',
  INGEST_TOKEN: 'source-secret-of-sixteen',
  SIMULATOR_TOKEN: 'left over',
  SNMP_COMMUNITY: 'community-secret',
  NOTIFY_KEY: 'receiver-secret',
  PARENT_KEY: 'parent-secret',
  FEED_KEY: 'feed-secret',
};
const config = readConfig({ ...base, CLOCK_START: '2026-11-18T09:41:27+07:00', CLOCK_EPOCH: '1000' });
const ports = { api: 1, ingest: 2, collector: 3, syslog: 4, agents: 5 };
const access = (username: string) => ({ url: 'http://ch:8123', username, password: `${username}-password` });

const own = { url: 'http://127.0.0.1:2', token: 'own-token' };
const secretsOfApi = {
  ...{ reader: access('reader'), keeper: access('keeper') },
  ...{ ingest: own, audit_key: 'audit-secret', demo: 'demo-password' },
};

test('each process knows the secrets of its own role and no other', () => {
  const all = {
    ingest: ingestEnv(config, ports, base, access('writer')),
    collector: collectorEnv(config, ports, base, access('writer')),
    api: apiEnv(config, ports, base, secretsOfApi),
    simulator: simulatorEnv(config, ports, base, { url: 'http://127.0.0.1:2', token: 'simulator-token' }),
  };
  expect(all.ingest).toMatchObject({ CLICKHOUSE_USER: 'writer', INGEST_TOKEN: 'source-secret-of-sixteen' });
  expect(all.api).toMatchObject({ CLICKHOUSE_USER: 'reader', CLICKHOUSE_PASSWORD: 'reader-password' });
  expect(all.simulator).toMatchObject({ SIMULATOR_TOKEN: 'simulator-token', INGEST_URL: 'http://127.0.0.1:2' });
  const secrets = (env: NodeJS.ProcessEnv) =>
    Object.values(env).filter((text) => text !== undefined && /secret|password|token/.test(text));
  expect(secrets(all.ingest)).toEqual(expect.arrayContaining(['writer-password', 'source-secret-of-sixteen']));
  expect(secrets(all.ingest)).toHaveLength(2);
  expect(secrets(all.api)).toEqual(
    expect.arrayContaining([
      'reader-password',
      'keeper-password',
      'own-token',
      'audit-secret',
      'demo-password',
      'receiver-secret',
      'parent-secret',
    ]),
  );
  expect(secrets(all.api)).toHaveLength(7);
  expect(secrets(all.simulator)).toEqual(['simulator-token']);
  expect(secrets(all.collector).sort()).toEqual(['community-secret', 'feed-secret', 'writer-password']);
  expect(all.simulator).not.toHaveProperty('CLICKHOUSE_URL');
});

test('the collector asks simulated devices where the simulator answers for them', () => {
  const source = { url: 'http://127.0.0.1:2', token: 'simulator-token' };
  expect(collectorEnv(config, ports, base, access('writer'))).toHaveProperty('SNMP_SIMULATOR', '127.0.0.1:5');
  expect(simulatorEnv(config, ports, base, source)).toHaveProperty('SNMP_AGENT_PORT', '5');
  const real = { api: 1, ingest: 2, collector: 3, syslog: 4 };
  expect(collectorEnv(config, real, base, access('writer'))).not.toHaveProperty('SNMP_SIMULATOR');
});

test('all processes agree on the clock', () => {
  expect(apiEnv(config, ports, base, secretsOfApi)).toMatchObject({
    CLOCK_START: '2026-11-18T09:41:27+07:00',
    CLOCK_EPOCH: '1000',
  });
});
