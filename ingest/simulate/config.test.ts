import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('settings of the simulator', () => {
  it('have defaults for all but the token', () => {
    const config = readConfig({ SIMULATOR_TOKEN: 'secret', SEED: '' });
    expect(config).toMatchObject({
      ingest_url: 'http://127.0.0.1:8081',
      speed: 1,
      preload_days: 31,
      history: 0,
      seed: 2019,
    });
  });

  it('list all faults at once', () => {
    const read = () => readConfig({ SPEED: '0', SEED_HISTORY: 'many', CLOCK_START: 'yesterday' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/SIMULATOR_TOKEN[^]*SPEED[^]*CLOCK_START[^]*SEED_HISTORY/);
  });
});
