import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ReadingMappingSchema } from '../../schema/reading-mapping.ts';
import { createMapRecord, createRecordLister, type MappedReadings } from './map-record.ts';

const map = (mapping: z.input<typeof ReadingMappingSchema>, value: unknown, topic = ''): MappedReadings =>
  createMapRecord(ReadingMappingSchema.parse(mapping))({ value, topic });
const pm = { metric: 'air.pm25', value: { path: 'pm' }, value_unit: 'ug/m3' };
const valuesOf = ({ readings }: MappedReadings) => readings.map(({ value }) => value);

describe('the map of records to readings', () => {
  it('takes many values of one record, each with metric, unit of measure, place and time', () => {
    const mapping = {
      time: { from: [{ column: 'Date' }, { column: 'Time' }], formats: ['yyyy-MM-dd HH:mm:ss'] as const },
      place: { text: 'Bãi Cháy' },
      missing: [-200],
      readings: [
        { metric: 'air.co', value: { column: 'CO(GT)' }, value_unit: 'mg/m3' },
        { metric: 'air.no2', value: { column: 'PT08.S4(NO2)' }, value_unit: 'ug/m3' },
      ],
    };
    const row = { Date: '2004-03-10', Time: '18:00:00', 'CO(GT)': '2.6', 'PT08.S4(NO2)': '-200.0' };
    const common = { place: 'Bãi Cháy', subject: 'Bãi Cháy', unit: '', observed_at: Date.UTC(2004, 2, 10, 11) };
    expect(map({ ...mapping, time: { ...mapping.time, formats: [...mapping.time.formats] } }, row)).toEqual({
      readings: [
        { metric: 'air.co', value: 2.6, value_unit: 'mg/m3', ...common },
        { metric: 'air.no2', value: null, value_unit: 'ug/m3', ...common },
      ],
      faults: [],
    });
  });

  it('reads levels of the topic, with words', () => {
    const mapping = {
      unit: { topic: 2, words: { mc: 'H49.02' } },
      subject: { topic: 3 },
      readings: [
        { metric_from: { topic: 4, words: { t: 'weather.temperature' } }, value: { path: '$' }, value_unit: 'Cel' },
      ],
    };
    expect(map(mapping, 31.5, 'iot/mc/tram-1/t').readings).toMatchObject([
      { metric: 'weather.temperature', value: 31.5, unit: 'H49.02', subject: 'tram-1', observed_at: undefined },
    ]);
    expect(map(mapping, 31.5, 'iot/mc/tram-1/x').faults).toEqual(['metric is none of the words of the mapping']);
    expect(map(mapping, 31.5, 'iot/xx/tram-1/t').faults).toEqual(['unit is none of the words of the mapping']);
  });

  it.each([
    ['a number', 12.5, 12.5],
    ['a text', ' 12.5 ', 12.5],
    ['zero', 0, 0],
    ['a code', -200, null],
    ['a code as text', '-200.0', null],
    ['NaN', 'NaN', null],
    ['empty', '', null],
    ['null', null, null],
  ])('reads %s', (_, pm25, value) => {
    expect(map({ missing: [-200, 'NaN', ''], readings: [pm] }, { pm: pm25 })).toMatchObject({
      readings: [{ value }],
      faults: [],
    });
  });

  it.each([
    ['words', 'high', 'air.pm25: is no number'],
    ['nothing, where that is no code', '', 'air.pm25: is empty'],
    ['truth', true, 'air.pm25: is no number'],
    ['a list', [1], 'air.pm25: is no number'],
    ['hexadecimal', '0x10', 'air.pm25: is no number'],
    ['what cannot be', 1_001, 'air.pm25: lies outside 0 to 1000'],
    ['a sum without end', '1e999', 'air.pm25: is no number'],
  ])('refuses %s', (_, pm25, fault) => {
    const limits: [number, number] = [0, 1000];
    const mapping = { readings: [{ ...pm, limits }] };
    expect(map(mapping, { pm: pm25 })).toEqual({ readings: [], faults: [fault] });
  });

  it('refuses a record that holds none of the values, and keeps what is good of one that holds some', () => {
    const mapping = { readings: [pm, { ...pm, metric: 'air.pm10', value: { path: 'coarse' } }] };
    expect(map(mapping, { other: 1 }).faults).toEqual(['holds none of the values of the mapping']);
    expect(map(mapping, { pm: 7 })).toMatchObject({ readings: [{ value: 7 }], faults: [] });
    expect(map(mapping, { pm: 7, coarse: 'x' })).toMatchObject({
      readings: [{ value: 7 }],
      faults: ['air.pm10: is no number'],
    });
  });

  it('reads decimal commas, scales and offsets', () => {
    expect(valuesOf(map({ decimal: ',', readings: [pm] }, { pm: '13,6' }))).toEqual([13.6]);
    expect(valuesOf(map({ readings: [{ ...pm, scale: 0.1 }] }, { pm: 3 }))).toEqual([0.3]);
    expect(valuesOf(map({ readings: [{ ...pm, scale: 5 / 9, offset: -160 / 9 }] }, { pm: 212 }))).toEqual([100]);
  });

  it.each([
    ['iso', '2026-11-22T07:00:00Z', Date.UTC(2026, 10, 22, 7)],
    ['iso', '2026-11-22T14:00:00.25+07:00', Date.UTC(2026, 10, 22, 7, 0, 0, 250)],
    ['iso', '2026-11-22 14:00', Date.UTC(2026, 10, 22, 7)],
    ['epoch_s', 1_700_000_000.5, 1_700_000_000_500],
    ['epoch_ms', '1700000000123', 1_700_000_000_123],
    ['dd/MM/yyyy HH:mm', '22/11/2026 14:00', Date.UTC(2026, 10, 22, 7)],
  ] as const)('reads a moment as %s: %s', (format, at, observed_at) => {
    const mapping = { time: { from: [{ path: 'at' }], formats: [format] }, readings: [pm] };
    expect(map(mapping, { at, pm: 1 }).readings).toMatchObject([{ observed_at }]);
  });

  it.each(['2026-02-30T00:00:00Z', '2026-02-30', '', '25:00', {}, null])('refuses the moment %s', (at) => {
    const mapping = { time: { from: [{ path: 'at' }], formats: ['iso' as const] }, readings: [pm] };
    expect(map(mapping, { at, pm: 1 }).readings).toEqual([]);
  });

  it('never throws, and gives only finite values or none', () => {
    const mapping = ReadingMappingSchema.parse({
      time: { from: [{ path: 'at' }, { path: '[0].at' }], formats: ['iso', 'epoch_ms', 'excel', 'yyyyMMdd'] },
      place: { path: 'place' },
      readings: [pm, { ...pm, value: { path: '$' } }, { ...pm, value: { path: 'a.constructor[0]' }, scale: 1e300 }],
    });
    const read = createMapRecord({ ...mapping, time: undefined });
    const timed = createMapRecord(mapping);
    const near = fc.record({
      at: fc.anything(),
      pm: fc.anything(),
      place: fc.string({ unit: 'binary' }),
      a: fc.anything(),
    });
    fc.assert(
      fc.property(fc.oneof(fc.anything(), near, fc.jsonValue()), (value) => {
        timed({ value, topic: 'a/b' });
        const { readings, faults } = read({ value, topic: 'a/b' });
        expect(readings.every((reading) => reading.value === null || Number.isFinite(reading.value))).toBe(true);
        expect(readings.length + faults.length).toBeGreaterThan(0);
        expect(read({ value, topic: 'a/b' })).toEqual({ readings, faults });
      }),
      { numRuns: 500 },
    );
  });

  it('gives a value back however it is written, and through its scale', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, fc.constantFrom(1, 0.1, 10, 1_000), fc.boolean(), (number, scale, isText) => {
        const text = String(number).replace('.', ',');
        const [read] = valuesOf(map({ decimal: ',', readings: [{ ...pm, scale }] }, { pm: isText ? text : number }));
        expect(read).toBeCloseTo(number * scale, Math.abs(number) > 1e3 ? -4 : 3);
      }),
    );
  });

  it('lists the records of a document', () => {
    expect(createRecordLister(undefined)({ a: 1 })).toEqual([{ a: 1 }]);
    expect(createRecordLister(undefined)([1, 2])).toEqual([1, 2]);
    expect(createRecordLister('data.items')({ data: { items: [1] } })).toEqual([1]);
    expect(createRecordLister('data.items')({ data: { items: {} } })).toBeUndefined();
    expect(createRecordLister(undefined)(Array.from({ length: 10_001 }))).toBeUndefined();
  });
});
