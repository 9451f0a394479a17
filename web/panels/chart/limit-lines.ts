import type { LineSeriesOption } from 'echarts/charts';
import type { Metric } from '#dashboards/schema/metric.ts';
import { niceScale, TEXT_U } from './chart-option.ts';
import type { ChartLook } from './chart-option.ts';

/** A line across a chart: what a metric has to reach, or where it is an alarm. */
export interface LimitLine {
  kind: 'target' | 'alarm';
  value: number;
  /** In words: `mục tiêu 95`. */
  text: string;
}

/** How lines are said, with their value: `mục tiêu 95`. */
export type LimitWords = Readonly<Record<LimitLine['kind'], (value: string) => string>>;

/**
 * The lines of a metric over values up to `top`: its target always, the last of its limits where the chart reaches so far anyhow: a limit that is far off says nothing, and
 * would press what is drawn flat.
 */
export function limitLines(
  metric: Pick<Metric, 'target' | 'limits' | 'format' | 'decimals'>,
  top: number,
  words: LimitWords,
  look: Pick<ChartLook, 'formats'>,
): LimitLine[] {
  const line = (kind: LimitLine['kind'], value: number): LimitLine => {
    const decimals = Number.isInteger(value) ? 0 : metric.decimals;
    return { kind, value, text: words[kind](look.formats.value(value, { ...metric, decimals })) };
  };
  const { target, limits } = metric;
  const highest = niceScale(Math.max(top, target ?? 0)).max;
  const alarm = limits?.[3];
  return [
    ...(target === undefined ? [] : [line('target', target)]),
    ...(alarm === undefined || alarm === target || alarm > highest ? [] : [line('alarm', alarm)]),
  ];
}

/** The lines as a mark of a series, said at their left ends, just above them. */
export function markLines(lines: readonly LimitLine[], look: ChartLook): Pick<LineSeriesOption, 'markLine'> {
  if (lines.length === 0) return {};
  const { u, palette } = look;
  const color = (kind: LimitLine['kind']): string => (kind === 'alarm' ? palette.alarm : palette.text2);
  return {
    markLine: {
      silent: true,
      animation: false,
      symbol: 'none',
      data: lines.map(({ kind, value, text }) => ({
        yAxis: value,
        lineStyle: { color: color(kind), width: 2 * u, type: kind === 'alarm' ? 'solid' : [8 * u, 6 * u] },
        label: {
          position: 'insideStartTop',
          formatter: text,
          color: kind === 'alarm' ? palette.alarm : palette.text2,
          fontSize: TEXT_U * u,
          fontWeight: 500,
          distance: 2 * u,
          // a line may run behind its name
          textBorderColor: palette.panel,
          textBorderWidth: 3 * u,
        },
      })),
    },
  };
}
