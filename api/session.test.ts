import { describe, expect, it } from 'vitest';
import { unitInScope } from './session.ts';
import { testProvince } from './test-boards.ts';

describe('session', () => {
  const { units } = testProvince();

  it('sees its own unit, and those below it', () => {
    expect(unitInScope({ scope: '/H49/' }, units).code).toBe('H49');
    expect(unitInScope({ scope: '/H49/' }, units, 'H49.01.02').path).toBe('/H49/H49.01/H49.01.02/');
  });

  it('narrows and never widens', () => {
    const district = { scope: '/H49/H49.01/' };
    expect(unitInScope(district, units).code).toBe('H49.01');
    expect(unitInScope(district, units, 'H49.01.02').code).toBe('H49.01.02');
    for (const foreign of ['H49', 'H49.02', 'H50', ''])
      expect(() => unitInScope(district, units, foreign)).toThrow(
        expect.objectContaining({ code: 'IOC_UNIT_UNKNOWN', message: 'there is no such unit' }),
      );
  });
});
