import type { Metric } from '#dashboards/schema/metric.ts';
import type { Formats } from '../../format/format.ts';
import type { Step } from '../bars/bars-view.ts';

/** A line of the legend: the step it explains and the values that belong to it. */
export interface LegendLine {
  step: Step;
  text: string;
}

/** Words of the legend. */
export interface LegendWords {
  below: (limit: string) => string;
  between: (from: string, to: string) => string;
  above: (limit: string) => string;
}

/** The legend of a metric's five steps, calm first: `dưới 2 %`, `2 – 5 %`, …, `trên 20 %`. Empty for a metric without limits. */
export function legendLines(
  metric: Pick<Metric, 'limits' | 'format' | 'decimals' | 'good'>,
  words: LegendWords,
  formats: Pick<Formats, 'decimal'>,
): LegendLine[] {
  const { limits } = metric;
  if (!limits) return [];
  const decimals = limits.every((limit) => Number.isInteger(limit)) ? 0 : metric.decimals;
  const [a, b, c, d] = limits.map((limit) => formats.decimal(limit, decimals));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return [];
  const up = metric.good === 'up';
  return [
    { step: 1, text: up ? words.above(a) : words.below(a) },
    { step: 2, text: up ? words.between(b, a) : words.between(a, b) },
    { step: 3, text: up ? words.between(c, b) : words.between(b, c) },
    { step: 4, text: up ? words.between(d, c) : words.between(c, d) },
    { step: 5, text: up ? words.below(d) : words.above(d) },
  ];
}
