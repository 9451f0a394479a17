// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testBoard } from '../test-board.ts';
import { queryWith, saidOf, strayOf } from './choices.ts';

const both = (text: string) => ({ vi: text, en: text });
const board = {
  ...testBoard().board,
  variables: {
    period: {
      title: both('Kỳ'),
      choices: [7, 30].map((value) => ({ value, name: both(`${value} ngày`) })),
      default: 30,
    },
  },
};

describe('the address of a wall', () => {
  it('says what is chosen, beside what it says otherwise', () => {
    expect(saidOf({ period: '7', rota: 'all', unit: 'H49.12', twice: ['a', 'b'], empty: null })).toEqual({
      period: '7',
    });
    expect(saidOf({ period: 'x'.repeat(65) })).toEqual({});
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`n${n}`, '1']));
    expect(Object.keys(saidOf(many))).toHaveLength(16);
  });

  it('keeps the rest of itself when one thing is chosen, and does not write a default', () => {
    const query = { rota: 'all', period: '7', compare: 'year' };
    expect(queryWith(query, 'period', 90)).toEqual({ rota: 'all', compare: 'year', period: '90' });
    expect(queryWith(query, 'period', null)).toEqual({ rota: 'all', compare: 'year' });
  });

  it('may be an old one, that says what the board does not offer', () => {
    expect(strayOf({ board, chosen: { period: 30 } }, { period: '45', other: '1' })).toEqual({ name: 'period', value: '45' }); // prettier-ignore
    expect(strayOf({ board, chosen: { period: 30 } }, { period: '30' })).toBeUndefined();
    expect(strayOf({ board, chosen: { period: 30 } }, {})).toBeUndefined();
  });
});
