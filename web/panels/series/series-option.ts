import type { LineSeriesOption } from 'echarts/charts';
import type { Snapshot } from '#api/contract.ts';
import { axisText, baseOption, niceScale, TEXT_U, timeTicks, valueAxis } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import { markLines } from '../chart/limit-lines.ts';
import type { LimitLine } from '../chart/limit-lines.ts';
import { spread } from '../chart/spread.ts';
import { areWhole, isRunning, timeSeries } from '../chart/time-series.ts';
import type { SeriesLine } from '../chart/time-series.ts';

/** A text of one letter is about this wide, in wall units. */
const LETTER_U = 13.5;
const TOP_U = 20;
/** What the labels of the time axis take below the lines, in wall units. */
const FOOT_U = 44;

type Points = [number, number | null][];

/** More points than this stand so close that no eye sees a curve between them, which costs twice as much to draw as a line. */
const CURVED_AT_MOST = 300;

/** How a line runs through its points. Of more points than pixels those are drawn that make its shape; the missing ones part it still. */
function shapeOf(points: Points): Pick<LineSeriesOption, 'smooth' | 'smoothMonotone' | 'sampling'> {
  return { ...(points.length > CURVED_AT_MOST ? {} : { smooth: 0.3, smoothMonotone: 'x' }), sampling: 'lttb' };
}

/** How far the name at the end of each line moves down, in pixels, so that no two names meet, nor one the labels below the plot. */
function nameShifts(ends: readonly number[], max: number, plot: number, u: number): number[] {
  const places = ends.map((value) => plot * (1 - value / max));
  return spread(places, TEXT_U * 1.15 * u, plot - TEXT_U * 0.6 * u).map((place, index) => place - (places[index] ?? 0));
}

/** One line. A step that still runs is a ring apart, since its value still grows: a line to it would look like a fall. */
function lineOf(
  line: SeriesLine,
  points: Points,
  look: ChartLook,
  how: { shift: number; isRunning: boolean; isFilled: boolean },
): LineSeriesOption[] {
  const { u, palette } = look;
  const color = palette[line.color];
  const area = line.color === 'in' ? { color: palette.inArea } : { color, opacity: 0.13 };
  const whole: LineSeriesOption = {
    id: line.id,
    name: line.name,
    type: 'line',
    data: how.isRunning ? points.slice(0, -1) : points,
    showSymbol: false,
    silent: true,
    ...shapeOf(points),
    itemStyle: { color },
    lineStyle: { color, width: 3 * u },
    ...(how.isFilled ? { areaStyle: area } : {}),
  };
  const name = {
    show: true,
    formatter: line.name,
    color,
    fontSize: TEXT_U * u,
    fontWeight: 600,
    distance: 6 * u,
    offset: [0, how.shift],
  };
  const newest = points.at(-1);
  if (!how.isRunning || newest?.[1] === null) return [{ ...whole, endLabel: name }];
  const tail: LineSeriesOption = {
    id: `${line.id}-running`,
    name: line.name,
    type: 'line',
    data: points.slice(-1),
    symbol: 'circle',
    symbolSize: 11 * u,
    silent: true,
    itemStyle: { color: palette.panel, borderColor: color, borderWidth: 3 * u },
    label: { ...name, position: 'right' },
  };
  return [whole, tail];
}

/** What a line is compared with, dashed and behind it. It has no name of its own: the note of the panel says what the dashes are. */
function previousOf(line: SeriesLine, points: Points, look: ChartLook): LineSeriesOption {
  const color = look.palette[line.color];
  return {
    id: `${line.id}-previous`,
    name: line.name,
    type: 'line',
    data: points,
    showSymbol: false,
    silent: true,
    ...shapeOf(points),
    z: 1,
    itemStyle: { color },
    lineStyle: { color, width: 2 * look.u, type: [7 * look.u, 6 * look.u], opacity: 0.65 },
  };
}

/**
 * Lines over time, named at their ends; the first has its area filled. Missing values part a line; the step that is not over yet is a ring.
 * Where the rows have a `previous` it is dashed. `height` is the chart's, in pixels; `limits` gives the lines across, told the greatest value.
 */
export function seriesOption(
  result: Pick<Snapshot, 'columns' | 'rows' | 'at'> | undefined,
  lines: readonly SeriesLine[],
  look: ChartLook,
  height: number,
  limits: (top: number) => readonly LimitLine[] = () => [],
): ChartOption {
  const { u, palette, formats } = look;
  const ids = lines.map((line) => line.id);
  const { instants, values } = timeSeries(result, ids);
  const previous = timeSeries(result, ids, 'previous').values;
  const before = ids.map((id) => previous.get(id) ?? []);
  const ticks = timeTicks(instants, formats);
  const all = lines.map((line) => values.get(line.id) ?? []);
  const greatest = Math.max(0, ...[...all, ...before].flat().map((value) => value ?? 0));
  const across = limits(greatest);
  const top = Math.max(greatest, ...across.map(({ value }) => value));
  const ends = all.map((each) => each.findLast((value) => value !== null) ?? 0);
  const isWhole = areWhole([...all, ...before]);
  const shifts = nameShifts(ends, niceScale(top, isWhole).max, Math.max(0, height - (TOP_U + FOOT_U) * u), u);
  const longest = Math.max(0, ...lines.map((line) => line.name.length));
  return {
    ...baseOption(look),
    grid: { top: TOP_U * u, bottom: 4 * u, left: 4 * u, right: (longest * LETTER_U + 28) * u, outerBoundsMode: 'same' },
    xAxis: {
      type: 'value',
      min: instants[0] ?? 0,
      max: instants.at(-1) ?? 1,
      axisLabel: {
        ...axisText(look),
        margin: 10 * u,
        // under the zero of the other axis there is no room for half of it
        ...(ticks.at[0] === instants[0] ? { alignMinLabel: 'left' as const } : {}),
        customValues: ticks.at,
        formatter: ticks.text,
      },
      axisLine: { lineStyle: { color: palette.grid, width: Math.max(1, u) } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: valueAxis(look, top, isWhole),
    series: [
      ...lines.flatMap((line, index) => {
        const points = (before[index] ?? []).map((value, place): Points[number] => [instants[place] ?? 0, value]);
        return points.some(([, value]) => value !== null) ? [previousOf(line, points, look)] : [];
      }),
      ...lines
        .flatMap((line, index) =>
          lineOf(
            line,
            (all[index] ?? []).map((value, place) => [instants[place] ?? 0, value]),
            look,
            {
              shift: shifts[index] ?? 0,
              isRunning: isRunning(instants, result?.at ?? 0),
              isFilled: index === 0,
            },
          ),
        )
        .map((each, index) => (index === 0 ? { ...each, ...markLines(across, look) } : each)),
    ],
  };
}
