import type { Metric } from '#dashboards/schema/metric.ts';
import { axisText, baseOption, TEXT_U } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import type { Bar } from './bars-view.ts';

/** How bars are coloured: each by its step, or all in one colour. */
export type BarColor = 'limits' | 'in' | 'out';

/** Distance of a bar to its name and to its value, in wall units. */
const GAP_U = 16;

/**
 * Ranked horizontal bars from zero, the first at the top; names at the left, values at the right; across all of them the metric's target, said above as `target`. `marked` is the id of the bar that the
 * viewer points at; `width` measures a text of a weight, in pixels.
 */
export function barsOption(
  bars: readonly Bar[],
  metric: Pick<Metric, 'format' | 'decimals' | 'target'>,
  options: { color: BarColor; marked: string | null; target?: string; width: (text: string, weight: number) => number },
  look: ChartLook,
): ChartOption {
  const { u, palette, formats } = look;
  const values = bars.map((bar) => formats.value(bar.value, metric));
  const names = bars.map((bar) => bar.name);
  const left = Math.max(0, ...names.map((name) => options.width(name, 500))) + GAP_U * u;
  const right = Math.max(0, ...values.map((value) => options.width(value, 600))) + GAP_U * u;
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
      top: topOf(metric) * u,
      bottom: 0,
      left,
      right,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'value',
      min: 0,
      max: Math.max(1e-9, metric.target ?? 0, ...bars.map((bar) => bar.value ?? 0)) * 1.06,
      show: false,
    },
    yAxis: [
      {
        ...side,
        data: names,
        // names begin at the panel's edge, like its title
        axisLabel: {
          ...axisText(look),
          align: 'left',
          margin: left,
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
          margin: right,
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
        ...(metric.target === undefined
          ? {}
          : {
              markLine: {
                silent: true,
                animation: false,
                symbol: 'none',
                label: {
                  // its upper end: the first bar is at the top
                  position: 'start',
                  formatter: options.target ?? '',
                  distance: 2 * u,
                  color: palette.text2,
                  fontSize: TEXT_U * u,
                  fontWeight: 500,
                },
                data: [{ xAxis: metric.target, lineStyle: { color: palette.text, width: 3 * u, type: 'solid' } }],
              },
            }),
        barWidth: 16 * u,
        showBackground: true,
        backgroundStyle: { color: palette.track, borderRadius: 3 * u },
        itemStyle: { borderRadius: 3 * u },
      },
    ],
  };
}

/** What is left free above the first bar, in wall units: a target is said there. */
export function topOf({ target }: Pick<Metric, 'target'>): number {
  return target === undefined ? 6 : 6 + ROW_U;
}

/** The least height of a row, in wall units: lower ones would make names meet. */
export const ROW_U = TEXT_U * 1.06;
