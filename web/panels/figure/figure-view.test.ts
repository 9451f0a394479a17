// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Cell } from '#api/contract.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { createFormats } from '../../format/format.ts';
import { testMetric, testSnapshot } from '../../test-board.ts';
import { figureView } from './figure-view.ts';
import type { FigureView, FigureWords } from './figure-view.ts';
import { sparklinePath } from './sparkline.ts';

const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');
/** The second line as it is read. */
const line = (view: FigureView): string => `${view.second.before} ${view.second.after}`.trim();
const percent = testMetric({ format: 'percent', target: 98 });
function draw(row: Cell[] | undefined, words: Partial<FigureWords> = {}, metric: Metric = testMetric()): FigureView {
  const main = testSnapshot('k', ['value', 'previous', 'of', 'note'], row ? [row] : []);
  const all: FigureWords = {
    second: 'none',
    note: 'text',
    caption: '',
    target: (value) => `mục tiêu ${value}`,
    unitName: (code) => (code === 'H49.12' ? 'Vân Đồn' : code),
    ...words,
  };
  return figureView({ main }, metric, all, formats);
}

describe('a figure', () => {
  it('writes its value', () => expect(draw([1284, null, null, null])).toMatchObject({ value: 1284, text: '1.284' }));

  it('tells zero from missing', () => {
    expect(draw([0, null, null, null])).toMatchObject({ value: 0, text: '0' });
    expect(draw([null, 3, 5, 'x'], { second: 'delta' })).toMatchObject({
      value: null,
      text: '—',
      beside: '',
      second: { before: '', after: '' },
    });
    expect(draw(undefined).value).toBeNull();
  });

  it('writes the whole that it is a part of whenever the query gives it', () =>
    expect(draw([309, null, 310, null]).beside).toBe('/ 310'));

  it('compares in per cent where numbers are great, in pieces where they are small', () => {
    const words = { second: 'delta', caption: 'cùng giờ' } as const;
    expect(line(draw([1284, 1211, null, null], words))).toBe('+6 % cùng giờ');
    expect(line(draw([37, 33, null, null], words))).toBe('+4 cùng giờ');
    expect(line(draw([96.8, 97, null, null], words, percent))).toBe('−0,2 cùng giờ');
    expect(line(draw([37, null, null, null], words))).toBe('— cùng giờ');
  });

  it('writes its target', () =>
    expect(draw([96.8, null, null, null], { second: 'target' }, percent)).toMatchObject({
      text: '96,8',
      beside: '%',
      second: { before: 'mục tiêu 98' },
    }));

  it('names the unit that its note holds', () => {
    const words = { second: 'note', note: 'unit', caption: 'mất' } as const;
    expect(line(draw([309, null, 310, 'H49.12'], words))).toBe('mất Vân Đồn');
    expect(line(draw([310, null, 310, ''], words))).toBe('');
  });

  it('writes a number in a note in the viewer’s digits', () =>
    expect(line(draw([5, null, null, 1200], { second: 'note', note: 'number', caption: 'mức cao' }))).toBe(
      '1.200 mức cao',
    ));
});

describe('a sparkline', () => {
  it('touches top and foot', () => expect(sparklinePath([0, 10, 5], 100, 40)).toBe('M0.0 40.0L50.0 0.0L100.0 20.0'));
  it('is parted by a missing value', () =>
    expect(sparklinePath([0, null, 10, 5], 90, 40)).toBe('M0.0 40.0M60.0 0.0L90.0 20.0'));
  it('is none for fewer than two values', () => expect(sparklinePath([3, null], 90, 40)).toBe(''));
  it('runs through the middle when nothing changes', () => expect(sparklinePath([3, 3], 90, 40)).toContain('20.0'));
});
