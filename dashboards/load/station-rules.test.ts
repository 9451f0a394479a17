import { describe, expect, it } from 'vitest';
import { edited, load, shippedFiles } from './test-files.ts';

const FILE = 'stations/quang-ninh-2019.yaml';
const files = await shippedFiles();
const good = await load(files);
const faultsOf = async (from: string, to: string) =>
  (await load(edited(files, FILE, from, to), good)).faults.map(
    ({ file, line, column, path, message }) => `${file}:${line}:${column} ${path} ${message}`,
  );

describe('the stations of a province', () => {
  it('that ship have nothing wrong, and stand in it', () => {
    expect(good.faults).toEqual([]);
    expect(good.dashboards?.province.stations.length).toBeGreaterThan(10);
  });

  it.each([
    ['an unknown unit', 'unit: H49.12', 'unit: H49.99', /^stations\/quang-ninh-2019\.yaml:\d+:\d+ stations\[8\]\.unit unknown unit "H49\.99"/],
    ['a place twice', 'Hồng Hà', 'Bãi Cháy', /stations\[1\]\.place "Bãi Cháy" of H49\.01 stands twice, also as stations\[0\]/],
    ['an unknown domain', 'domain: air', 'domain: airr', /stations\[0\]\.domain unknown domain "airr"/],
    ['a latitude that is none', '[20.962, 107.02]', '[107.02, 20.962]', /stations\[0\]\.position\[0\]/],
  ])('with %s say where, and the last good ones stay', async (_, from, to, expected) => {
    expect((await faultsOf(from, to)).join('\n')).toMatch(expected);
    expect((await load(edited(files, FILE, from, to), good)).dashboards?.province.stations).toEqual(
      good.dashboards?.province.stations,
    );
  }); // prettier-ignore

  it('that move make another query', async () => {
    const moved = await load(edited(files, FILE, '[20.962, 107.02]', '[20.9, 107]'), good);
    const query = (result: typeof good) => result.dashboards?.queries.get('stations-now');
    expect(query(moved)?.known?.stations[0]?.position).toEqual([20.9, 107]);
    expect(query(moved)).not.toBe(query(good));
    const none = await load(new Map([...files].filter(([file]) => file !== FILE)), good);
    expect([none.faults, query(none)?.known?.stations]).toEqual([[], []]);
  });

  it('may name their unit in words, which readings never do', async () => {
    const named = await load(edited(files, FILE, 'unit: H49.12', 'unit: Vân Đồn'), good);
    expect(named.dashboards?.province.stations[8]?.unit).toBe('H49.12');
  });
});
