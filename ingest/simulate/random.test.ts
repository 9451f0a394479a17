import { describe, expect, it } from 'vitest';
import { choose, count, nameOf, stream, weigh } from './random.ts';

describe('streams of numbers', () => {
  it('gives the same numbers for the same entity, on every machine', () => {
    const draw = stream(2019, nameOf('dossier'), 20_779, 3);
    expect([draw(), draw(), draw()].map((n) => n.toFixed(9))).toEqual(['0.663988782', '0.617694315', '0.182624160']);
  });

  it('is even and independent over neighbouring entities, from the first number on', () => {
    const first = Array.from({ length: 50_000 }, (_, n) => stream(1, 5, 20_000 + (n >> 8), n & 255)());
    const cells = new Array<number>(10).fill(0);
    for (const number of first) cells[Math.floor(number * 10)] = (cells[Math.floor(number * 10)] ?? 0) + 1;
    for (const cell of cells) expect(Math.abs(cell - 5000)).toBeLessThan(300);
    const mean = first.reduce((a, b) => a + b, 0) / first.length;
    const together = first.slice(1).reduce((sum, number, n) => sum + (number - mean) * ((first[n] ?? 0) - mean), 0);
    expect(Math.abs(together / first.length)).toBeLessThan(0.002);
  });

  it('chooses by weight and never what weighs nothing', () => {
    const draw = stream(3, 1);
    const choice = weigh(['a', 'b', 'c'], (item) => ({ a: 1, b: 0, c: 3 })[item] ?? 0);
    const chosen = Array.from({ length: 8000 }, () => choose(choice, draw()));
    expect(chosen).not.toContain('b');
    expect(chosen.filter((item) => item === 'c').length / 8000).toBeCloseTo(0.75, 1);
  });

  it('counts what happens at a rate', () => {
    const draw = stream(4, 1);
    const sum = Array.from({ length: 5000 }, () => count(draw, 1.7)).reduce((a, b) => a + b, 0);
    expect(sum / 5000).toBeCloseTo(1.7, 1);
  });
});
