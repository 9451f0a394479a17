import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const given = { CLICKHOUSE_URL: 'http://127.0.0.1:8123', CLICKHOUSE_USER: 'reader', CLICKHOUSE_PASSWORD: 'x' };

describe('configuration', () => {
  it('needs the store and fills the rest', () => {
    expect(readConfig(given)).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 8080,
      PROVINCE: 'quang-ninh-2019',
      TICK_MS: 250,
    });
  });

  it('lists every fault at once', () => {
    const read = () => readConfig({ ...given, PORT: '99999', LOG_LEVEL: 'loud', CLICKHOUSE_URL: 'ftp://x' });
    for (const name of ['PORT', 'LOG_LEVEL', 'CLICKHOUSE_URL']) expect(read).toThrow(name);
  });

  it('has no default for a secret, and takes an empty variable for none', () => {
    expect(() => readConfig({ ...given, CLICKHOUSE_PASSWORD: undefined })).toThrow('CLICKHOUSE_PASSWORD');
    expect(readConfig({ ...given, PORT: '', CLICKHOUSE_PASSWORD: '' })).toMatchObject({
      PORT: 8080,
      CLICKHOUSE_PASSWORD: '',
    });
  });
});
