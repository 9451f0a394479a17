import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UnitTreeSchema, type UnitTree } from '#ingest/schema/unit-tree.ts';
import { drawMap, OutlineSchema, type Outline } from './draw.ts';
import { area, contains, type Shape } from './geometry.ts';

let tree: UnitTree;
let outline: Outline;
beforeAll(async () => {
  tree = UnitTreeSchema.parse(
    parse(await readFile(join(import.meta.dirname, '../units/quang-ninh-2019.yaml'), 'utf8')),
  );
  outline = OutlineSchema.parse(
    JSON.parse(await readFile(join(import.meta.dirname, 'outlines/VN-QN.geojson'), 'utf8')),
  );
});

describe('the map of Quảng Ninh', () => {
  it('is the one that the generator draws', async () => {
    const committed: unknown = JSON.parse(await readFile(join(import.meta.dirname, 'quang-ninh-2019.geojson'), 'utf8'));
    expect(committed).toEqual(drawMap(tree, outline));
  });

  it('has an area for each district, says that it is schematic and where it comes from', () => {
    const map = drawMap(tree, outline);
    const districts = tree.units.filter(({ type }) => type === 'huyen').map(({ code }) => code);
    expect(map.features.map(({ properties }) => properties.unit)).toEqual(districts);
    expect(map.properties.schematic).toBe(true);
    expect(map.properties.attribution).toMatch(/Natural Earth.*public domain.*not borders/);
  });

  it('puts the seat and the label of each district on its own land', () => {
    for (const { properties, geometry } of drawMap(tree, outline).features)
      for (const [latitude, longitude] of [properties.seat, properties.label])
        expect(geometry.coordinates.some((shape) => contains(shape, [longitude, latitude]))).toBe(true);
  });

  it('gives away all the land of the province once, and none of Cát Bà', () => {
    const { features } = drawMap(tree, outline);
    const shapes = features.flatMap(({ geometry }) => geometry.coordinates);
    const sum = (parts: readonly Shape[]) => parts.reduce((total, shape) => total + area(shape), 0);
    const [first, catBa, ...rest] = outline.geometry.coordinates;
    expect(sum(shapes)).toBeCloseTo(sum([first ?? [], ...rest]), 3);
    expect(shapes.some((shape) => contains(shape, [107.02, 20.8]))).toBe(false);
    expect(contains(catBa ?? [], [107.02, 20.8])).toBe(true);
  });

  it('rounds to four decimals', () => {
    const numbers =
      JSON.stringify(drawMap(tree, outline).features.map(({ geometry }) => geometry)).match(/\d+\.\d+/g) ?? [];
    expect(numbers.filter((number) => (number.split('.')[1] ?? '').length > 4)).toEqual([]);
  });
});
