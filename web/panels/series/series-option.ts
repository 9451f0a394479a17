import type { Rows } from '#api/contract.ts';
import { axisText, baseOption, hourTicks, TEXT_U, valueAxis } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import { timeSeries } from '../chart/time-series.ts';

/** A line to draw: the id in the rows, its name in the viewer's language, its colour by name. */
export interface SeriesLine {
  id: string;
  name: string;
  color: 'in' | 'out' | 'neutral' | 'warn' | 'alarm' | 'low' | 'medium' | 'high' | 'critical' | 'unclassified';
}

/** A text of `length` letters is about this wide, in wall units. */
const LETTER_U = 13.5;

/** Lines over time, named at their ends; the first has its area filled. Missing values part a line. */
export function seriesOption(result: Rows | undefined, lines: readonly SeriesLine[], look: ChartLook): ChartOption {
  const { u, palette, formats } = look;
  const { instants, values } = timeSeries(
    result,
    lines.map((line) => line.id),
  );
  const top = Math.max(0, ...[...values.values()].flat().map((value) => value ?? 0));
  const longest = Math.max(0, ...lines.map((line) => line.name.length));
  return {
    ...baseOption(look),
    grid: { top: 20 * u, bottom: 4 * u, left: 4 * u, right: (longest * LETTER_U + 14) * u, outerBoundsMode: 'same' },
    xAxis: {
      type: 'value',
      min: instants[0] ?? 0,
      max: instants.at(-1) ?? 1,
      axisLabel: {
        ...axisText(look),
        margin: 10 * u,
        customValues: hourTicks(instants, formats),
        formatter: (value: number) => formats.hour(value),
      },
      axisLine: { lineStyle: { color: palette.grid, width: Math.max(1, u) } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: valueAxis(look, top),
    series: lines.map((line, index) => ({
      id: line.id,
      name: line.name,
      type: 'line',
      data: (values.get(line.id) ?? []).map((value, place) => [instants[place] ?? null, value]),
      showSymbol: false,
      silent: true,
      smooth: 0.3,
      smoothMonotone: 'x',
      lineStyle: { color: palette[line.color], width: 3 * u },
      itemStyle: { color: palette[line.color] },
      ...(index === 0
        ? {
            areaStyle: {
              color: line.color === 'in' ? palette.inArea : palette[line.color],
              opacity: line.color === 'in' ? 1 : 0.13,
            },
          }
        : {}),
      endLabel: {
        show: true,
        formatter: line.name,
        color: palette[line.color],
        fontSize: TEXT_U * u,
        fontWeight: 600,
        distance: 8 * u,
      },
      labelLayout: { moveOverlap: 'shiftY' },
    })),
  };
}
