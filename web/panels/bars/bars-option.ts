import type { Metric } from '#dashboards/schema/metric.ts';
import { axisText, baseOption, TEXT_U } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import type { Bar } from './bars-view.ts';

/** How bars are coloured: each by its step, or all in one colour. */
export type BarColor = 'limits' | 'in' | 'out';

/** Distance of a bar to its name and to its value, in wall units. */
const GAP_U = 16;
/** Largest share of the chart that names take: on a phone a longer one ends in dots, for without its bar it says nothing. */
const NAMES_SHARE = 0.55;

/**
 * Ranked horizontal bars from zero, the first at the top; names at the left, values at the right; across all of them the metric's target, said above as `target`. `marked` is the id of the bar that the
 * viewer points at; `width` measures a text of a weight, `room` is how wide the chart is, in pixels.
 */
export function barsOption(
  bars: readonly Bar[],
  metric: Pick<Metric, 'format' | 'decimals' | 'target'>,
  options: {
    color: BarColor;
    marked: string | null;
    target?: string;
    room?: number;
    width: (text: string, weight: number) => number;
  },
  look: ChartLook,
): ChartOption {
  const { u, palette, formats } = look;
  const values = bars.map((bar) => formats.value(bar.value, metric));
  const names = bars.map((bar) => bar.name);
  const longest = Math.max(0, ...names.map((name) => options.width(name, 500)));
  const most = NAMES_SHARE * (options.room || Number.POSITIVE_INFINITY);
  const left = Math.min(longest, most) + GAP_U * u;
  const right = Math.max(0, ...values.map((value) => options.width(value, 600))) + GAP_U * u;
  const color = (bar: Bar): string => {
    if (options.color !== 'limits') return palette[options.color];
    return palette.steps[(bar.step ?? 1) - 1] ?? palette.neutral;
  };
  /** The calm step has the edge of the next one: by itself it is hardly to be seen on the track. */
  const edge = (bar: Bar): { borderColor: string; borderWidth: number } => {
    if (bar.id === options.marked) return { borderColor: palette.text, borderWidth: 2 * u };
    const isCalm = options.color === 'limits' && bar.step === 1 && (bar.value ?? 0) > 0;
    return { borderColor: palette.steps[1], borderWidth: isCalm ? 2 * u : 0 };
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
      max: endOf(Math.max(1e-9, metric.target ?? 0, ...bars.map((bar) => bar.value ?? 0)), metric),
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
          // a width that they just fill would cut them too
          ...(longest > most ? { width: most, overflow: 'truncate' as const } : {}),
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
            ...edge(bar),
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
                  distance: 6 * u,
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

/** Where the scale ends: a little after the greatest value, but a share of all is a full bar. */
function endOf(greatest: number, { format }: Pick<Metric, 'format'>): number {
  const end = greatest * 1.06;
  return format === 'percent' && greatest <= 100 ? Math.min(end, 100) : end;
}

/** What is left free above the first bar, in wall units: a target is said there. */
export function topOf({ target }: Pick<Metric, 'target'>): number {
  return target === undefined ? 6 : 6 + ROW_U;
}

/** The least height of a row, in wall units: lower ones would make names meet. */
export const ROW_U = TEXT_U * 1.06;
