import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { expect, it } from 'vitest';
import { createUnitIndex } from '#ingest/schema/unit-index.ts';
import { UnitTreeSchema } from '#ingest/schema/unit-tree.ts';
import { checkInventory } from './province-rules.ts';
import { createReaders } from './readers.ts';

const folder = join(import.meta.dirname, '..');
const units = createUnitIndex(
  UnitTreeSchema.parse(parse(await readFile(join(folder, 'units/quang-ninh-2019.yaml'), 'utf8'))),
);
const readers = createReaders();

async function faultsOf(file: string, from: string, to: string): Promise<string> {
  const text = await readFile(join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  const changed = text.replace(from, to);
  const faults = file.startsWith('inventory/')
    ? checkInventory(readers.inventory(file, changed), units)
    : file.startsWith('devices/')
      ? readers.devices(file, changed).faults
      : readers.traps(file, changed).faults;
  return faults.map(({ message }) => message).join('\n');
}

it.each([
  ['nothing wrong', 'inventory/quang-ninh-2019.yaml', 'Bộ định tuyến', 'Thiết bị', /^$/],
  [
    'a link to an unknown unit',
    'inventory/quang-ninh-2019.yaml',
    'tslcd-H49.02, unit: H49.02',
    'tslcd-H49.02, unit: H49.99',
    /unknown unit "H49\.99"/,
  ],
  [
    'a line that two ports claim to be',
    'inventory/quang-ninh-2019.yaml',
    'id: tslcd-H49.02',
    'id: tslcd-H49.01',
    /r-ha-long has it already/,
  ],
  [
    'a secret in the file',
    'inventory/quang-ninh-2019.yaml',
    '{ version: 2c }',
    '{ version: 2c, community_env: public }',
    /names an environment variable/,
  ],
  ['an object that is no OID', 'devices/apc.yaml', "oid: '1.3.6", "oid: '.1.3.6", /numeric OID without a leading dot/],
  ['a notification that names what it does not list', 'traps/apc.yaml', '{mtrap', '{mtrapp', /is not among the oids/],
])('files of devices with %s say so', async (_, file, from, to, expected) => {
  expect(await faultsOf(file, from, to)).toMatch(expected);
});
