import { createUnitIndex, type UnitIndex } from './schema/unit-index.ts';
import type { Unit } from './schema/unit-tree.ts';

/** A small unit tree for tests: a province, two districts, a commune, a department. */
export function testUnits(): UnitIndex {
  const unit = (code: string, type: Unit['type'], name: string, parent?: string, aliases?: string[]): Unit => ({
    code,
    type,
    name,
    short: name,
    parent,
    aliases,
  });
  return createUnitIndex({
    name: { vi: 'Tỉnh thử', en: 'Test province' },
    heading: { vi: 'Tỉnh thử', en: 'Test province' },
    root: 'H49',
    calendar: 'viet-nam',
    map: 'none',
    origin: 'made for tests',
    units: [
      unit('H49', 'tinh', 'Tỉnh Quảng Ninh'),
      unit('H49.02', 'huyen', 'Thành phố Móng Cái', 'H49', ['Móng Cái', 'TTHCC Móng Cái']),
      unit('H49.12', 'huyen', 'Huyện Vân Đồn', 'H49'),
      unit('H49.12.03', 'xa', 'Xã Hạ Long', 'H49.12'),
      unit('H49.21', 'so_nganh', 'Sở Tài nguyên và Môi trường', 'H49'),
    ],
  });
}
