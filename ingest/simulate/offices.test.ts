import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EntryDataSchema } from '../schema/entry.ts';
import { EnvelopeSchema } from '../schema/event.ts';
import { ReadingDataSchema } from '../schema/reading.ts';
import { DAY_MS, HOUR_MS } from './local-time.ts';
import type { Feed } from './message.ts';
import { OfficeFileSchema } from './office-file.ts';
import { createOffices } from './office-life.ts';
import type { Scene } from './province.ts';
import { eventsBetween } from './schedule.ts';
import { local, testProvince } from './test-province.ts';

const EventSchema = EnvelopeSchema.extend({ subject: z.string(), unit: z.string() });
const ReadSchema = EventSchema.extend({ data: ReadingDataSchema });
const StatedSchema = EventSchema.extend({ data: EntryDataSchema });
const monday = local('2026-03-02T00:00');

const documents = OfficeFileSchema.parse({
  source: 'van-ban',
  measures: {
    'document.out': { kind: 'count', at: ['so_nganh', 'huyen'], base: 30, busy: 1, except: { 'H49.14': null } },
    'document.out_signed': { kind: 'count', at: ['so_nganh', 'huyen'], of: 'document.out', share: 0.78 },
    'mail.boxes': { kind: 'gauge', base: 7563, spread: 0, noise: 0 },
    'database.age': { kind: 'gauge', base: 10, places: ['Đất đai', 'Dân cư'], except: { 'Dân cư': 0 } },
  },
  states: [
    { metric: 'index.dti', periods: ['2024', 'last_year'], values: [0.61, 0.65], digits: 2, actor: 'Sở TT-TT' },
    { metric: 'target.online_goal', periods: ['2030'], values: [90], actor: 'Sở TT-TT' },
    {
      metric: 'report.on_time',
      at: ['huyen'],
      periods: ['last_month'],
      values: [40],
      except: { 'H49.14': null },
      actor: 'Văn phòng',
    },
  ],
});
const province = await testProvince({ offices: [documents] });
const offices = createOffices(province, []);
const read = (feeds: readonly Feed[], from: number, to: number) =>
  eventsBetween(feeds, from, to).map(({ text }) => ReadSchema.parse(JSON.parse(text)));
const sum = (feeds: readonly Feed[], metric: string, from = monday, to = monday + DAY_MS) =>
  read(feeds, from, to).reduce((total, { data }) => total + (data.metric === metric ? (data.value ?? 0) : 0), 0);

describe('office systems', () => {
  it('count while offices work, about as much as is written, each unit its own', () => {
    const told = read(offices.full, monday, monday + DAY_MS).filter(({ data }) => data.metric === 'document.out');
    expect(new Set(told.map(({ unit }) => unit))).toEqual(new Set(['H49.23', 'H49.24', 'H49.12']));
    expect(told).toHaveLength(3 * 24);
    const night = told.filter(({ time }) => Date.parse(time) < monday + 6 * HOUR_MS);
    expect(new Set(night.map(({ data }) => data.value))).toEqual(new Set([0]));
    // 8 working hours of 3 units of 30 or so
    const total = sum(offices.full, 'document.out');
    expect(total).toBeGreaterThan(400);
    expect(total).toBeLessThan(1000);
  });

  it('tell a part at the instant of its whole, never more than it, and as large a part as is written', () => {
    const told = read(offices.full, monday, monday + DAY_MS);
    const of = (metric: string) =>
      new Map(
        told.filter(({ data }) => data.metric === metric).map((each) => [each.unit + each.time, each.data.value ?? 0]),
      );
    const whole = of('document.out');
    for (const [key, value] of of('document.out_signed')) expect(value).toBeLessThanOrEqual(whole.get(key) ?? -1);
    const share = sum(offices.full, 'document.out_signed') / sum(offices.full, 'document.out');
    expect(Math.abs(share - 0.78)).toBeLessThan(0.1);
  });

  it('tell each place, and the exceptions that are there to be found', () => {
    const ages = read(offices.full, monday, monday + HOUR_MS).filter(({ data }) => data.metric === 'database.age');
    expect(ages.map(({ data }) => data.place).toSorted()).toEqual(['Dân cư', 'Đất đai']);
    expect(ages.find(({ data }) => data.place === 'Dân cư')?.data.value).toBe(0);
  });

  it('say the same whenever they are asked, and other things for another seed', async () => {
    const texts = (feeds: readonly Feed[], from: number) =>
      eventsBetween(feeds, from, monday + DAY_MS)
        .filter(({ at }) => at >= monday + 10 * HOUR_MS)
        .map(({ text }) => text);
    expect(texts(offices.full, monday)).toEqual(texts(offices.full, monday + 9 * HOUR_MS));
    const other = createOffices(await testProvince({ offices: [documents], seed: 8 }), []);
    expect(texts(other.full, monday)).not.toEqual(texts(offices.full, monday));
  });

  it('add up to much the same day, told by steps, by hours and by the day, and a day without any was zero', () => {
    const days = sum(offices.days, 'document.out');
    expect(Math.abs(days / sum(offices.full, 'document.out') - 1)).toBeLessThan(0.2);
    expect(Math.abs(days / sum(offices.counted, 'document.out') - 1)).toBeLessThan(0.2);
    expect(read(offices.days, monday, monday + DAY_MS)).toHaveLength(3 * 2 + 3);
    const sunday = read(offices.counted, monday - DAY_MS, monday).filter(({ data }) => data.metric === 'document.out');
    expect(sunday.map(({ data }) => data.value)).toEqual([0, 0, 0]);
  });

  it('say nothing from a unit that is silent', () => {
    const scene: Scene = { kind: 'silence', unit: 'H49.12', from: monday, to: monday + DAY_MS };
    const told = read(createOffices(province, [scene]).full, monday, monday + DAY_MS);
    expect(told.some(({ unit }) => unit === 'H49.12')).toBe(false);
  });
});

describe('figures that people state', () => {
  const stated = (at: number) => offices.standing(at).map(({ text }) => StatedSchema.parse(JSON.parse(text)));

  it('stand as of an instant, each with its period and none in the future', () => {
    const told = stated(monday);
    expect(
      told.map(({ data, unit }) => `${data.metric} ${unit} ${data.period} ${data.value ?? ''}`).toSorted(),
    ).toEqual([
      'index.dti H49 2024 0.61',
      'index.dti H49 2025 0.65',
      'report.on_time H49.12 2026-01 40',
      'target.online_goal H49 2030 90',
    ]);
    for (const { time } of told) expect(Date.parse(time)).toBeLessThan(monday);
  });

  it('are stated again when their period is over', () => {
    const [next] = eventsBetween(offices.stated, monday, monday + 10 * DAY_MS);
    expect(next?.at).toBe(local('2026-03-05T09:00'));
    expect(StatedSchema.parse(JSON.parse(next?.text ?? '')).data.period).toBe('2026-02');
  });
});

describe('an office file', () => {
  it('is refused where a part has no whole, or a figure no period', () => {
    const faults = OfficeFileSchema.safeParse({
      source: 'x',
      measures: { 'a.b': { kind: 'count', of: 'a.c' }, 'a.d': { kind: 'count' } },
      states: [{ metric: 'a.b', periods: ['2025'], values: [1, 2], actor: 'x' }],
    }).error?.issues.map(({ path }) => path.join('.'));
    expect(faults).toEqual(['measures.a.b.of', 'measures.a.d', 'states.0.values']);
  });
});
