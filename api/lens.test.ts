import { describe, expect, it } from 'vitest';
import { TABLES } from '#ingest/clickhouse/relations.ts';
import { aim } from './lens.ts';

const now = Date.UTC(2026, 0, 15, 2);
const text = (lens: Parameters<typeof aim>[0]) => String(aim(lens, now).settings.additional_table_filters);

describe('lens', () => {
  it('reads the fast tables for now and the logs for everything else', () => {
    const database = (at: number | null, known_at: number | null) =>
      aim({ scope: '/H49/', at, known_at }, now).settings.database;
    expect(database(null, null)).toBe('live');
    expect(database(now, null)).toBe('history');
    expect(database(null, now)).toBe('history');
  });

  it('names every table, so that none is forgotten', () => {
    for (const { name } of TABLES) expect(text({ scope: '/H49/', at: null, known_at: null })).toContain(`'${name}':`);
  });

  it('limits time on logs only, and what was known only when asked', () => {
    expect(text({ scope: '/H49/', at: null, known_at: null })).not.toMatch(/observed_at|received_at/);
    const at = text({ scope: '/H49/', at: 5, known_at: null });
    expect(at).toContain(
      `'log.link_event':'startsWith(unit_path, \\'/H49/\\') AND observed_at <= fromUnixTimestamp64Milli(5)'`,
    );
    expect(at).not.toContain('received_at');
    const known = text({ scope: '/H49/', at: 5, known_at: 6 });
    expect(known).toContain(
      'observed_at <= fromUnixTimestamp64Milli(5) AND received_at <= fromUnixTimestamp64Milli(6)',
    );
    expect(known).toContain(`'log.dead_letter':'startsWith(unit_path, \\'/H49/\\') AND received_at`);
    expect(known).toContain(`'live.link_word_state':'startsWith(unit_path, \\'/H49/\\')'`);
  });

  it.each(['', '/', 'H49', '/H49', 'H49/', '//'])('refuses %j, which would let siblings or everything in', (scope) =>
    expect(() => aim({ scope, at: null, known_at: null }, now)).toThrow('is not a unit path'),
  );

  it('gives every query the instant, the path and its depth', () => {
    expect(aim({ scope: '/H49/H49.02/', at: null, known_at: null }, now).params).toEqual({
      at: new Date(now),
      scope: '/H49/H49.02/',
      depth: 2,
    });
  });
});
