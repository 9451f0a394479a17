import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUnitCode, unitOfDossier } from './unit-code.ts';

describe('unit codes', () => {
  it.each([
    ['000.00.00.H49', 'H49'],
    ['000.00.02.H49', 'H49.02'],
    ['000.05.02.H49', 'H49.02.05'],
    ['001.05.02.H49', 'H49.02.05.001'],
    [' H56.14.03 ', 'H56.14.03'],
    ['H49', 'H49'],
  ])('reads %s as %s', (written, code) => expect(canonicalUnitCode(written)).toBe(code));

  it.each(['', 'Vân Đồn', '000.05.00.H49', 'H4', '000.H49.02', 'H49.', '49.02'])('refuses %j', (written) =>
    expect(canonicalUnitCode(written)).toBeUndefined(),
  );

  it('gives the same code for a unit written in either style', () => {
    const group = fc.integer({ min: 1, max: 99 }).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(fc.array(group, { minLength: 0, maxLength: 3 }), (groups) => {
        const padded = [...groups, ...Array.from({ length: 3 - groups.length }, () => '00')];
        expect(canonicalUnitCode([...padded.reverse(), 'H49'].join('.'))).toBe(['H49', ...groups].join('.'));
      }),
    );
  });

  it('reads the unit from a dossier number of either style', () => {
    expect(unitOfDossier('000.00.06.H56-231027-0361')).toBe('H56.06');
    expect(unitOfDossier('H56.06-231027-0361')).toBe('H56.06');
    expect(unitOfDossier('0361')).toBeUndefined();
  });
});
