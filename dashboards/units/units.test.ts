import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createUnitIndex, type UnitIndex } from '#ingest/schema/unit-index.ts';
import { UnitTreeSchema } from '#ingest/schema/unit-tree.ts';

let units: UnitIndex;
beforeAll(async () => {
  const text = await readFile(join(import.meta.dirname, 'quang-ninh-2019.yaml'), 'utf8');
  units = createUnitIndex(UnitTreeSchema.parse(parse(text)));
});
const of = (...types: string[]) => units.units.filter(({ type }) => types.includes(type));

describe('Quảng Ninh of 2019', () => {
  it('has 14 districts with seats and 186 communes, as the seeds count', () => {
    expect(of('huyen')).toHaveLength(14);
    expect(of('huyen').filter(({ seat }) => seat)).toHaveLength(14);
    expect(of('xa', 'phuong', 'thi_tran')).toHaveLength(186);
    expect(of('so_nganh').length).toBeGreaterThanOrEqual(20);
  });

  it('has names for the wall: short, and each once', () => {
    expect(Math.max(...units.units.map(({ short }) => short.length))).toBeLessThanOrEqual(16);
    expect(new Set(units.units.map(({ short }) => short)).size).toBe(units.units.length);
  });

  it('has each code of the General Statistics Office once', () => {
    const codes = units.units.flatMap(({ gso }) => gso ?? []);
    expect(codes).toHaveLength(201);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('uses no name for two units', () => {
    const names = units.units.flatMap(({ name, aliases, code }) =>
      [name, ...(aliases ?? [])].map((text) => ({ text: text.toLocaleLowerCase('vi'), code })),
    );
    const owners = new Map(names.map(({ text, code }) => [text, code]));
    // communes that share a bare name are told apart by an alias with the district
    const shared = names.filter(({ text, code }) => owners.get(text) !== code);
    expect(shared.every(({ text }) => /^(xã|phường) /.test(text))).toBe(true);
  });

  it.each([
    ['Vân Đồn', 'H49.12'],
    ['UBND huyện Vân Đồn', 'H49.12'],
    ['Hạ Long', 'H49.01'],
    ['000.00.01.H49', 'H49.01'],
    ['Xã Hạ Long', 'H49.12.07'],
    ['UBND xã hạ long', 'H49.12.07'],
    ['Sở Tài nguyên và Môi trường', 'H49.22'],
    ['Sở TNMT', 'H49.22'],
    ['UBND tỉnh Quảng Ninh', 'H49'],
  ])('finds %s as %s', (written, code) => expect(units.resolve(written)?.code).toBe(code));
});
