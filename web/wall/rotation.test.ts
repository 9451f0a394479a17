// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { boardAfter, rotaOf } from './rotation.ts';

const known = ['toan-canh', 'ho-so', 'mang'];

describe('the rota of a wall', () => {
  it('is of all boards, or of those that are named, each once and in that order', () => {
    expect(rotaOf({ rota: 'all' }, known)).toEqual({ boards: known, every_s: 60 });
    expect(rotaOf({ rota: 'mang,toan-canh,mang,khong-co' }, known)?.boards).toEqual(['mang', 'toan-canh']);
  });
  it('is none where nobody asks for one, and of less than two boards', () => {
    for (const rota of [undefined, '', 'mang', 'mang,khong-co', ['mang', 'ho-so']])
      expect(rotaOf({ rota }, known)).toBeUndefined();
    expect(rotaOf({ rota: 'all' }, ['toan-canh'])).toBeUndefined();
  });
  it.each([
    ['30', 30],
    ['1', 10],
    ['99999', 3600],
    ['mai', 60],
    ['', 60],
    ['12.4', 12],
  ])('shows each for %s: %s s', (every, seconds) =>
    // prettier-ignore
    expect(rotaOf({ rota: 'all', every }, known)?.every_s).toBe(seconds),
  );
  it('goes round in both directions, and begins anew from a board that is not in it', () => {
    const rota = { boards: known, every_s: 60 };
    expect(['toan-canh', 'mang', 'khong-co'].map((id) => boardAfter(rota, id, 1))).toEqual(['ho-so', 'toan-canh', 'toan-canh']); // prettier-ignore
    expect(boardAfter(rota, 'toan-canh', -1)).toBe('mang');
  });
});
