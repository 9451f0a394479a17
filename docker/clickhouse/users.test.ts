import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { usersConfig } from '#ingest/clickhouse/engine/settings.ts';

const own = await readFile(join(import.meta.dirname, 'users.xml'), 'utf8');
const embedded = usersConfig(
  { owner: 'o', writer: 'w', reader: 'r', keeper: 'k', analyst: 'a' },
  { server_memory: 0, query_memory: 2 ** 31, query_threads: 2 },
);

/** What stands in the first element of that name in a part of a file, without comments and spaces between elements. */
function inside(text: string, part: string, name: string): string {
  const [, of = ''] = new RegExp(`<${part}>([^]*)</${part}>`).exec(text) ?? [];
  const [, content = ''] = new RegExp(`<${name}>([^]*?)</${name}>`).exec(of) ?? [];
  return content
    .replaceAll(/<!--[^]*?-->/g, '')
    .replaceAll(/>\s+</g, '><')
    .trim();
}

test.each(['writer', 'reader', 'keeper', 'analyst'])('the profile of the %s is that of the embedded server', (name) => {
  expect(inside(own, 'profiles', name)).not.toBe('');
  expect(inside(own, 'profiles', name)).toBe(inside(embedded, 'profiles', name));
});

test.each(['writer', 'reader', 'keeper', 'analyst'])(
  'the grants of the %s are those of the embedded server',
  (name) => {
    const grants = (text: string) => /<grants>.*<\/grants>/.exec(inside(text, 'users', name))?.[0];
    expect(grants(own)).toBeDefined();
    expect(grants(own)).toBe(grants(embedded));
  },
);

test('no password is written down', () => {
  expect(own.match(/<password[^>]*>/g)).toEqual([
    '<password from_env="OWNER_PASSWORD"/>',
    '<password from_env="WRITER_PASSWORD"/>',
    '<password from_env="READER_PASSWORD"/>',
    '<password from_env="KEEPER_PASSWORD"/>',
    '<password from_env="ANALYST_PASSWORD"/>',
  ]);
});
