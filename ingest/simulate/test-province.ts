import { join } from 'node:path';
import { CalendarSchema } from '../schema/calendar.ts';
import type { UnitTree } from '../schema/unit-tree.ts';
import { createWorkingTime } from '../dossier/working-time.ts';
import { loadHabits, type Behaviour, type Habits } from './behaviour.ts';
import type { OfficeFile } from './office-file.ts';
import { createProvince, loadProvince, type Province } from './province.ts';

const office: [string, string][] = [
  ['07:00', '11:30'],
  ['13:30', '17:00'],
];

const calendar = CalendarSchema.parse({
  name: { vi: 'Lịch thử', en: 'Test calendar' },
  zone: 'Asia/Ho_Chi_Minh',
  hours: { '1': office, '2': office, '3': office, '4': office, '5': office },
  years: [
    {
      year: 2026,
      decision: 'test',
      status: 'certain',
      off: [{ from: '2026-02-14', to: '2026-02-22', name: 'Tết' }],
      work: [],
    },
  ],
});

const tree: UnitTree = {
  name: { vi: 'Tỉnh Thử', en: 'Test province' },
  heading: { vi: 'Thử', en: 'Test' },
  root: 'H49',
  calendar: 'test',
  map: 'test',
  origin: 'made up',
  units: [
    { code: 'H49', type: 'tinh', name: 'Tỉnh Thử', short: 'Thử' },
    { code: 'H49.23', parent: 'H49', type: 'so_nganh', name: 'Sở Tư pháp', short: 'Sở Tư pháp' },
    { code: 'H49.24', parent: 'H49', type: 'so_nganh', name: 'Thanh tra tỉnh', short: 'Thanh tra' },
    {
      code: 'H49.60',
      parent: 'H49',
      type: 'trung_tam_hcc',
      name: 'Trung tâm Phục vụ Hành chính công',
      short: 'TT HCC',
    },
    { code: 'H49.12', parent: 'H49', type: 'huyen', name: 'Huyện Vân Đồn', short: 'Vân Đồn' },
    { code: 'H49.14', parent: 'H49', type: 'huyen', name: 'Huyện Cô Tô', short: 'Cô Tô' },
    { code: 'H49.12.01', parent: 'H49.12', type: 'xa', name: 'Xã Hạ Long', short: 'Hạ Long' },
    { code: 'H49.12.02', parent: 'H49.12', type: 'xa', name: 'Xã Đông Xá', short: 'Đông Xá' },
    { code: 'H49.14.01', parent: 'H49.14', type: 'xa', name: 'Xã Đồng Tiến', short: 'Đồng Tiến' },
  ],
};

/** A small province for tests: two districts, three communes, two departments, so many dossiers a day, and no office systems but the given ones. */
export async function testProvince(
  options: {
    seed?: number;
    per_working_day?: number;
    behaviour?: Partial<Behaviour>;
    offices?: readonly OfficeFile[];
  } = {},
): Promise<Province> {
  const habits = await loadHabits();
  const behaviour: Behaviour = {
    ...habits.behaviour,
    dossiers: { ...habits.behaviour.dossiers, per_working_day: options.per_working_day ?? 30 },
    links: { ...habits.behaviour.links, total: 20 },
    ...options.behaviour,
  };
  const changed: Habits = { ...habits, behaviour, offices: options.offices ?? [] };
  return createProvince(tree, createWorkingTime(calendar), changed, options.seed ?? 7);
}

/** The sample province that ships with the product. */
export function shippedProvince(seed = 2019): Promise<Province> {
  const dashboards = join(import.meta.dirname, '..', '..', 'dashboards');
  return loadProvince({ dashboards, province: 'quang-ninh-2019', seed });
}

/** The instant of a local time `2026-03-02T09:00`. */
export function local(text: string): number {
  return Date.parse(`${text}:00+07:00`);
}
