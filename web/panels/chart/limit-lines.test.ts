// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { testMetric } from '../../test-board.ts';
import { testLook } from '../../test-look.ts';
import { limitLines, markLines } from './limit-lines.ts';

const look = testLook();
const words = { target: (value: string) => `mục tiêu ${value}`, alarm: (value: string) => `báo động ${value}` };
const lines = (top: number, more: Parameters<typeof testMetric>[0]) =>
  limitLines(testMetric({ format: 'decimal', ...more }), top, words, look).map(({ kind, text }) => `${kind}: ${text}`);

describe('lines across a chart', () => {
  it('are the target, however far, and the last limit where the chart reaches so far', () => {
    const more = { target: 50, limits: [10, 20, 40, 80] satisfies [number, number, number, number] };
    expect(lines(3, more)).toEqual(['target: mục tiêu 50']);
    expect(lines(76, more)).toEqual(['target: mục tiêu 50', 'alarm: báo động 80']);
  });
  it('are none for a metric that has neither', () => expect(lines(70, {})).toEqual([]));
  it('are said once where target and limit are one, with decimals where there are any', () =>
    expect(lines(70, { target: 2.5, limits: [1, 1.5, 2, 2.5] })).toEqual(['target: mục tiêu 2,5']));
  it('tell themselves apart by more than their colour', () => {
    const { markLine } = markLines(
      [
        { kind: 'target', value: 5, text: 'a' },
        { kind: 'alarm', value: 8, text: 'b' },
      ],
      look,
    );
    expect(markLine?.data).toMatchObject([
      { yAxis: 5, lineStyle: { type: [8, 6] }, label: { formatter: 'a' } },
      { yAxis: 8, lineStyle: { type: 'solid', color: '--alarm' }, label: { formatter: 'b' } },
    ]);
  });
});
