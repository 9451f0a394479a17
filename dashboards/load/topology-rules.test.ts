import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { createUnitIndex } from '#ingest/schema/unit-index.ts';
import { UnitTreeSchema } from '#ingest/schema/unit-tree.ts';
import { createReaders } from './readers.ts';
import { edited, load, shippedFiles } from './test-files.ts';
import { checkInventoryLinks, checkTopology } from './topology-rules.ts';

const folder = join(import.meta.dirname, '..');
const FILE = 'topology/quang-ninh-2019.yaml';
const units = createUnitIndex(
  UnitTreeSchema.parse(parse(await readFile(join(folder, 'units/quang-ninh-2019.yaml'), 'utf8'))),
);
const readers = createReaders();
const files = await shippedFiles();
const said = (text: string) =>
  checkTopology(readers.topology(FILE, text), units)
    .map(({ line, column, path, message }) => `${line}:${column} ${path} ${message}`)
    .join('\n');

describe('a topology', () => {
  it('that ships has nothing wrong', () => expect(said(files.get(FILE) ?? '')).toBe(''));

  it.each([
    ['an unknown unit', 'H49.12, ring', 'H49.99, ring', /^\d+:31 links\[\d+\]\.unit unknown unit "H49\.99"; did you mean/],
    ['an unknown centre', 'centre: H49', 'centre: H48', /^4:9 centre unknown unit "H48"/],
    ['an unknown ring', 'ring: vong-van-don', 'ring: vong-van', /links\[\d+\]\.ring unknown ring "vong-van"; .*vong-van-don/],
    ['a ring behind one that is not there', 'behind: vong-tinh', 'behind: vong', /^8:33 rings\[2\]\.behind unknown ring/],
    ['a link twice', 'id: tslcd-H49.02,', 'id: tslcd-H49.01,', /links\[\d+\]\.id "tslcd-H49\.01" stands twice, also as links\[\d+\]/],
    ['a ring twice', 'id: vong-mong-cai,', 'id: vong-ha-long,', /rings\[3\]\.id "vong-ha-long" stands twice, also as rings\[2\]/],
    ['a ring behind itself', '{ id: vong-tinh, unit', '{ id: vong-tinh, behind: vong-co-to, unit', /ring "vong-tinh" is behind itself/],
    ['a unit that hangs from itself', 'id: tslcd-H49.02, unit: H49.02', 'id: tslcd-H49.02, from: Móng Cái, unit: H49.02', /"H49\.02" hangs from itself/],
    ['an unknown key', 'centre: H49', 'centre: H49\ncenter: H49', /^5:1 center unknown key "center"; did you mean "centre"/],
  ])('with %s says where', (_, from, to, expected) => {
    expect(said(edited(files, FILE, from, to).get(FILE) ?? '')).toMatch(expected);
  }); // prettier-ignore

  it('is what the ports of the inventory mean', () => {
    const name = 'inventory/quang-ninh-2019.yaml';
    const topology = readers.topology(FILE, files.get(FILE) ?? '').value;
    expect(checkInventoryLinks(readers.inventory(name, files.get(name) ?? ''), topology)).toEqual([]);
    const text = edited(files, name, 'id: tslcd-H49.02,', 'id: tslcd-H49.99,').get(name) ?? '';
    const [fault] = checkInventoryLinks(readers.inventory(name, text), topology);
    expect(fault?.path).toMatch(/^devices\[\d+\]\.links\[0\]\.id$/);
    expect(fault?.message).toMatch(/^unknown link "tslcd-H49\.99" in topology\/; did you mean "tslcd-H49\.0/);
  });

  it('that is broken leaves the last good one; one that is mended makes another query of incidents', async () => {
    const good = await load(files);
    const broken = await load(edited(files, FILE, 'ring: vong-van-don', 'ring: vong-van'), good);
    expect(broken.faults.map(({ file }) => file)).toEqual([FILE]);
    expect(broken.dashboards?.province.topology).toEqual(good.dashboards?.province.topology);
    const query = (result: typeof good) => result.dashboards?.queries.get('incidents');
    expect(query(broken)).toBe(query(good));
    const other = await load(edited(files, FILE, 'ring: vong-van-don', 'ring: vong-co-to'), good);
    expect(query(other)).not.toEqual(query(good));
    const none = await load(new Map([...files].filter(([file]) => file !== FILE)), good);
    expect([none.faults, query(none)?.known?.network.links]).toEqual([[], []]);
  });
});
