// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createFormats } from '../format/format.ts';
import * as view from './index-view.ts';

const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');

describe('the view of the index', () => {
  it('asks for a unit and a month', () => {
    expect(view.indexUrl(undefined, undefined)).toBe('/api/index-766');
    expect(view.indexUrl('H49.12', '2026-10')).toBe('/api/index-766?unit=H49.12&from=2026-10-01');
    expect([view.readMonth('2026-10'), view.readMonth('2026-13'), view.readMonth(undefined)]).toEqual([
      '2026-10',
      undefined,
      undefined,
    ]);
    expect([view.monthAfter('2026-01', -1), view.monthAfter('2026-12', 1)]).toEqual(['2025-12', '2027-01']);
    // half past midnight in Hà Nội
    expect(view.monthOf(Date.parse('2026-10-31T17:30:00Z'), 'Asia/Ho_Chi_Minh')).toBe('2026-11');
  });

  it('writes points, small ones too, and nothing as a dash', () => {
    expect([null, 0, 12.345, 0.01, 0.0042, 0.00001].map((points) => view.pointsText(points, formats))).toEqual([
      '—',
      '0,00',
      '12,35',
      '0,01',
      '0,004',
      '< 0,001',
    ]);
    expect(view.shareOf({ points: 5, most: 20 })).toBe(0.25);
    expect(view.shareOf({ points: null, most: 20 })).toBeNull();
  });

  it('opens what a row counts, by rule 766', () => {
    const of = (kind: 'all' | 'procedure' | 'unit', key: string, unit?: string) =>
      view.deskQuery({ kind, key }, 'open_overdue', unit);
    expect(of('all', '')).toEqual({ rule: '766', state: 'open_overdue' });
    expect(of('procedure', '1.000002', 'H49.12')).toMatchObject({ unit: 'H49.12', procedure: '1.000002' });
    expect(of('unit', 'H49.09')).toMatchObject({ unit: 'H49.09' });
  });

  it('reads two counts of which the first is within the second', () => {
    const read = (part: string, whole: string) => view.readDraft({ part, whole });
    expect(read(' 40', '100')).toEqual({ part: 40, whole: 100 });
    expect(read('0', '1')).toEqual({ part: 0, whole: 1 });
    for (const [part, whole] of [
      ['2', '1'],
      ['0', '0'],
      ['', '1'],
      ['1', ''],
      ['-1', '2'],
      ['1,5', '2'],
    ] as const)
      expect(read(part, whole)).toBeUndefined();
  });
});
