// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { fillPath } from './fill-path.ts';

describe('where a figure leads', () => {
  it('is filled from its row', () =>
    expect(fillPath('/desk?unit={unit}&state=overdue', { unit: 'H49.12' })).toBe('/desk?unit=H49.12&state=overdue'));
  it('leaves out a filter that is not known: the list is wider, never wrong', () =>
    expect(fillPath('/desk?unit={unit}&state=overdue', {})).toBe('/desk?state=overdue'));
  it('is nowhere when its place is not known', () => {
    expect(fillPath('/unit/{unit}', {})).toBeUndefined();
    expect(fillPath('/unit/{unit}', { unit: null })).toBeUndefined();
    expect(fillPath(undefined, { unit: 'H49' })).toBeUndefined();
  });
  it('cannot be led astray by what a row holds', () =>
    expect(fillPath('/unit/{unit}', { unit: '../x?y=1' })).toBe('/unit/..%2Fx%3Fy%3D1'));
});
