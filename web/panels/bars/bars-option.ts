import type { Metric } from '#dashboards/schema/metric.ts';
import { axisText, baseOption, TEXT_U } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import type { Bar } from './bars-view.ts';

/** How bars are coloured: each by its step, or all in one colour. */
export type BarColor = 'limits' | 'in' | 'out';

const LETTER_U = 13.6;

/** Length of the longest text of a list, in letters. */
function longest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}

/**
 * Ranked horizontal bars from zero, the first at the top; names at the left, values at the right. `marked` is the id of the bar that the
 * viewer points at.
 */
export function barsOption(
  bars: readonly Bar[],
  metric: Pick<Metric, 'format' | 'decimals'>,
  options: { color: BarColor; marked: string | null },
  look: ChartLook,
): ChartOption {
  const { u, palette, formats } = look;
  const values = bars.map((bar) => formats.value(bar.value, metric));
  const color = (bar: Bar): string => {
    if (options.color !== 'limits') return palette[options.color];
    return palette.steps[(bar.step ?? 1) - 1] ?? palette.neutral;
  };
  const side = {
    type: 'category' as const,
    inverse: true,
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  return {
    ...baseOption(look),
    grid: {
      top: 6 * u,
      bottom: 0,
      left: (longest(bars.map((bar) => bar.name)) * LETTER_U + 12) * u,
      right: (longest(values) * LETTER_U + 22) * u,
      outerBoundsMode: 'none',
    },
    xAxis: { type: 'value', min: 0, max: Math.max(1e-9, ...bars.map((bar) => bar.value ?? 0)) * 1.06, show: false },
    yAxis: [
      {
        ...side,
        data: bars.map((bar) => bar.name),
        // names begin at the panel's edge, like its title
        axisLabel: {
          ...axisText(look),
          align: 'left',
          margin: (longest(bars.map((bar) => bar.name)) * LETTER_U + 12) * u,
          interval: 0,
        },
      },
      {
        ...side,
        position: 'right',
        data: values,
        axisLabel: {
          ...axisText(look),
          align: 'right',
          margin: (longest(values) * LETTER_U + 22) * u,
          interval: 0,
          color: palette.text,
          fontWeight: 600,
        },
      },
    ],
    series: [
      {
        id: 'bars',
        type: 'bar',
        silent: true,
        data: bars.map((bar) => ({
          value: bar.value ?? 0,
          itemStyle: {
            color: color(bar),
            borderColor: palette.text,
            borderWidth: bar.id === options.marked ? 2 * u : 0,
          },
        })),
        barWidth: 16 * u,
        showBackground: true,
        backgroundStyle: { color: palette.track, borderRadius: 3 * u },
        itemStyle: { borderRadius: 3 * u },
      },
    ],
  };
}

/** The least height of a row, in wall units: lower ones would make names meet. */
export const ROW_U = TEXT_U * 1.06;
