// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { lacks, readRows } from './rows.ts';

const result = {
  columns: ['unit', 'value'],
  rows: [
    ['H49.01', 0],
    ['H49.02', null],
  ],
};

describe('rows', () => {
  it('are read by column name, and a column that is not there is missing', () => {
    const [first, second] = readRows(result);
    expect(first?.text('unit')).toBe('H49.01');
    expect(first?.number('value')).toBe(0);
    expect(first?.number('unit')).toBeNull();
    expect(first?.cell('other')).toBeNull();
    expect(second?.number('value')).toBeNull();
  });

  it('are none while there is no result', () => expect(readRows(undefined)).toEqual([]));

  it('tell zero from missing', () => {
    expect(lacks(result, 'value')).toBe(false);
    expect(lacks({ ...result, rows: [['H49.02', null]] }, 'value')).toBe(true);
    expect(lacks({ ...result, rows: [] }, 'value')).toBe(true);
  });
});
