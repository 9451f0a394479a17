// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { openingPath } from './opening.ts';

const AT = Date.parse('2026-11-18T10:30:00.250+07:00');
const board = { scope: 'H49', zone: 'Asia/Ho_Chi_Minh' };
/** The parts of the path's query, decoded. */
const parts = (path: string | undefined) => Object.fromEntries(new URL(path ?? '', 'http://wall').searchParams);

describe('what a place of a board opens', () => {
  it('is a list as of the instant of the figure, told the figure', () => {
    const path = openingPath('/desk?unit={unit}&state=open_overdue', { at: AT, value: 25 }, board);
    const instant = '2026-11-18T03:30:00.250Z';
    expect(parts(path)).toEqual({ unit: 'H49', state: 'open_overdue', figure: '25', at: instant, known_at: instant });
  });

  it('tells a list of the present when the figure was true', () => {
    expect(parts(openingPath('/links?unit={unit}', { at: AT, value: 9 }, board))).toEqual({
      unit: 'H49',
      figure: '9',
      figure_at: '2026-11-18T03:30:00.250Z',
    });
  });

  it('leaves out a figure that is no count, and takes the one that the template names', () => {
    expect(parts(openingPath('/desk', { at: AT, value: 97.5 }, board))).not.toHaveProperty('figure');
    expect(parts(openingPath('/desk?figure={count}', { row: { count: 4 }, at: AT, value: 20 }, board)).figure).toBe(
      '4',
    );
  });

  it('fills columns, the unit of the row before that of the board, and says when both are one', () => {
    const template = '/desk?unit={unit}&own={own}&age={label}';
    const of = (unit: string) => parts(openingPath(template, { row: { unit, label: 'late_1_3d' }, at: AT }, board));
    expect(of('H49.02')).toMatchObject({ unit: 'H49.02', age: 'late_1_3d' });
    expect(of('H49.02')).not.toHaveProperty('own');
    expect(of('H49')).toMatchObject({ unit: 'H49', own: '1' });
  });

  it('reckons spans from the instant of the figure', () => {
    const template = '/security?a={today}&b={yesterday}&c={ago_1h}&d={ago_30d}&e={since_7d}&f={since_1d}';
    expect(parts(openingPath(template, { at: AT }, board))).toMatchObject({
      a: '2026-11-17T17:00:00.000Z',
      b: '2026-11-16T17:00:00.000Z',
      c: '2026-11-18T02:30:00.250Z',
      d: '2026-10-19T03:30:00.250Z',
      e: '2026-11-11T17:00:00.000Z',
      f: '2026-11-17T17:00:00.000Z',
    });
  });

  it('is nothing where a list cannot be asked for: the title of several metrics', () => {
    const template = '/counts?unit={unit}&metric={series}';
    expect(openingPath(template, { at: AT }, board)).toBeUndefined();
    expect(parts(openingPath(template, { row: { series: 'fire.calls' }, at: AT }, board)).metric).toBe('fire.calls');
  });

  it('is nothing while a span cannot be reckoned, and a page that lists nothing is left as it is', () => {
    expect(openingPath('/desk?a={today}', { at: undefined }, board)).toBeUndefined();
    expect(openingPath('/desk?a={ago_1h}', { at: AT }, { ...board, zone: undefined })).toBeUndefined();
    expect(openingPath('/unit/{unit}', { row: { unit: 'H49.02' }, at: AT, value: 3 }, board)).toBe('/unit/H49.02');
  });
});
