// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createFormats } from '../../format/format.ts';
import type { LinkArc } from '../../map/link-arcs.ts';
import { overlaps } from '../../map/place-labels.ts';
import { testMetric } from '../../test-board.ts';
import { mapLabels } from './map-labels.ts';
import type { MapLabel, MapSeat } from './map-labels.ts';
import { legendLines } from './map-steps.ts';

const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');
const metric = testMetric({ format: 'percent', good: 'down', limits: [2, 5, 10, 20] });
const words = {
  below: (limit: string) => `dưới ${limit}`,
  between: (from: string, to: string) => `${from} – ${to}`,
  above: (limit: string) => `trên ${limit}`,
};
function seat(code: string, x: number, y: number, value: number | null | undefined): MapSeat {
  return { code, name: code, at: { x, y }, value };
}
function place(seats: MapSeat[], arcs: LinkArc[] = []): MapLabel[] {
  return mapLabels(seats, arcs, metric, {
    u: 1,
    size: 24,
    bounds: { x: 0, y: 0, width: 800, height: 600 },
    obstacles: [],
    width: (text) => text.length * 13,
    formats,
    lost: (links) => `mất ${links}`,
  });
}

describe('the legend', () => {
  it('explains the five steps, calm first', () =>
    expect(legendLines(metric, words, formats).map((line) => line.text)).toEqual([
      'dưới 2',
      '2 – 5',
      '5 – 10',
      '10 – 20',
      'trên 20',
    ]));
  it('runs downwards where up is good', () => {
    const onTime = testMetric({ format: 'percent', good: 'up', limits: [98, 95, 90, 80] });
    expect(legendLines(onTime, words, formats).map((line) => line.text)).toEqual([
      'trên 98',
      '95 – 98',
      '90 – 95',
      '80 – 90',
      'dưới 80',
    ]);
  });
  it('has no steps for a metric without limits', () => expect(legendLines(testMetric(), words, formats)).toEqual([]));
});

describe('labels of units', () => {
  it('write bad and missing values, and leave calm ones to the colour', () => {
    const labels = place([
      seat('a', 100, 100, 22.4),
      seat('b', 100, 300, 1),
      seat('c', 400, 300, null),
      seat('d', 400, 100, undefined),
    ]);
    const notes = Object.fromEntries(labels.map((label) => [label.id, label.note]));
    expect(notes).toEqual({ a: '22,4 %', b: '', c: '—', d: '—' });
  });

  it('say how many links a unit has lost', () => {
    const arc = { id: 'x', from: 'H49', to: 'a', links: 14, down: 14, cut: true };
    expect(place([seat('a', 100, 100, 22.4)], [arc])[0]?.note).toBe('22,4 % · mất 14');
    expect(place([seat('a', 100, 100, 1)], [arc])[0]?.note).toBe('mất 14');
  });

  it('name only what has something to say where there are too many', () => {
    const many = Array.from({ length: 60 }, (_, n) => seat(`calm${n}`, (n % 10) * 80, Math.floor(n / 10) * 90, 1));
    expect(place([...many, seat('worst', 400, 500, 40)]).map(({ id }) => id)).toEqual(['worst']);
  });

  it('of cut and bad units stay where a calm one gives way', () => {
    const crowd = Array.from({ length: 30 }, (_, index) =>
      seat(`calm${index}`, 300 + (index % 6) * 12, 300 + index * 2, 1),
    );
    const labels = place([...crowd, seat('worst', 320, 320, 40)]);
    expect(labels.some((label) => label.id === 'worst')).toBe(true);
    expect(labels.length).toBeLessThan(31);
    for (const one of labels)
      for (const other of labels) if (one !== other) expect(overlaps(one.box, other.box)).toBe(false);
  });
});
