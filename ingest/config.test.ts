import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const least = { CLICKHOUSE_URL: 'http://127.0.0.1:8123', CLICKHOUSE_USER: 'writer', CLICKHOUSE_PASSWORD: '' };

describe('the settings of ingest', () => {
  it('need only the store, and know the rest', () => {
    expect(readConfig({ ...least, INGEST_TOKEN: '', CLOCK_START: '' })).toMatchObject({
      port: 8081,
      host: '127.0.0.1',
      token: undefined,
      clock: { start: undefined, epoch: undefined },
    });
  });

  it('read the clock of a demonstration as instants', () => {
    const config = readConfig({ ...least, CLOCK_START: '2019-08-06T09:15:00+07:00', CLOCK_EPOCH: '1700000000000' });
    expect(config.clock).toEqual({ start: Date.parse('2019-08-06T02:15:00Z'), epoch: 1_700_000_000_000 });
  });

  it('list every fault at once, and no secret', () => {
    const read = () => readConfig({ INGEST_PORT: '70000', INGEST_TOKEN: 'short', LOG_LEVEL: 'loud' });
    for (const name of [
      'CLICKHOUSE_URL',
      'CLICKHOUSE_USER',
      'CLICKHOUSE_PASSWORD',
      'INGEST_PORT',
      'INGEST_TOKEN',
      'LOG_LEVEL',
    ])
      expect(read).toThrow(name);
    expect(read).not.toThrow('short');
  });
});
