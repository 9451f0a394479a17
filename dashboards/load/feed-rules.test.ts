import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createUnitIndex } from '#ingest/schema/unit-index.ts';
import { checkFeed, unitsOfMetrics } from './feed-rules.ts';
import { createReaders } from './readers.ts';

const metrics = unitsOfMetrics([
  [
    'air',
    {
      name: { vi: 'Khí', en: 'Air' },
      measures: {
        pm25: { name: { vi: 'Bụi', en: 'Dust' }, unit: 'ug/m3', kind: 'gauge' },
        pm10: { name: { vi: 'Bụi', en: 'Dust' }, unit: 'ug/m3', kind: 'gauge' },
      },
    },
  ],
]);
const units = createUnitIndex({
  ...{ name: { vi: 'Tỉnh thử', en: 'Test province' }, heading: { vi: 'Tỉnh thử', en: 'Test province' } },
  ...{ root: 'H49', calendar: 'viet-nam', map: 'none', origin: 'made for tests' },
  units: [{ code: 'H49', type: 'tinh', name: 'Tỉnh thử', short: 'Tỉnh thử' }],
});
const shipped = readFileSync(join(import.meta.dirname, '..', 'feeds', 'tram-khong-khi.yaml'), 'utf8');

/** The faults of the shipped feed after one change, each with the text that stands where it points. */
function faultsAfter(find: string, replace: string): [place: string, message: string][] {
  const text = shipped.replace(find, replace);
  expect(text).not.toBe(shipped);
  return checkFeed(createReaders().feeds('feeds/x.yaml', text), [units], metrics).map(({ line, column, message }) => [
    text.split('\n')[line - 1]?.slice(column - 1, column + 11) ?? '',
    message,
  ]);
}

describe('the check of feeds', () => {
  it('finds nothing wrong with what ships, and it is off', () => {
    const yaml = createReaders().feeds('feeds/x.yaml', shipped);
    expect(checkFeed(yaml, [units], metrics)).toEqual([]);
    expect(yaml.value?.enabled).toBe(false);
  });

  it.each([
    [
      'a metric that is not known',
      'air.pm25',
      'air.pm255',
      'air.pm255, v',
      'unknown metric "air.pm255"; did you mean "air.pm25"?',
    ],
    [
      'a unit of measure that is not that of the metric',
      'value_unit: ug/m3',
      'value_unit: mg/m3',
      'mg/m3, limit',
      'air.pm25 is kept in ug/m3',
    ],
    ['a unit that is not there', 'unit: H49\n', 'unit: H50\n', 'H50', 'unknown unit "H50"'],
    [
      'a word for a unit that is not there',
      '{ topic: 2 }',
      '{ topic: 2, words: { a: H49.99 } }',
      'H49.99 } }',
      'unknown unit "H49.99"',
    ],
    ['a path that is none', 'path: pm25', 'path: pm..25', 'pm..25 }, va', 'is no path such as'],
    ['a level that topics do not have', '{ topic: 3 }', '{ topic: 5 }', '5 }', 'names a level that not every topic'],
    ['a topic that is none', "'tram/+/+/air'", "'tram/#/air'", "'tram/#/air'", 'is no topic'],
    ['two ways to one value', 'path: pm10', 'path: pm10, text: a', '{ path: pm10', 'has to name one of column, path'],
    ['limits the wrong way round', '[0, 1000]', '[9, 1]', '[9, 1] }', 'has its most before its least'],
    ['a key that is not known', 'topics:', 'topic:', 'topic: [', 'unknown key "topic"'],
  ])('refuses %s', (_, find, replace, place, message) => {
    const faults = faultsAfter(find, replace);
    expect(
      faults.some(
        ([at, said]) => at.startsWith(place.slice(0, 12)) && said.includes(message) && said.includes('allowed'),
      ),
      JSON.stringify(faults),
    ).toBe(true);
  });

  it('refuses a folder or a poll without a time: what is read twice is known by it', () => {
    const file = readFileSync(join(import.meta.dirname, '..', 'feeds', 'luu-luong-xe.yaml'), 'utf8');
    const yaml = createReaders().feeds('feeds/x.yaml', file.replace(/ {2}time: .*\n/, ''));
    expect(yaml.faults.map(({ message }) => message).join()).toContain('"time" is missing');
  });
});
