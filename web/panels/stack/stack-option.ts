import type { Rows, Snapshot } from '#api/contract.ts';
import { axisText, baseOption, timeTicks, valueAxis } from '../chart/chart-option.ts';
import type { ChartLook, ChartOption } from '../chart/chart-option.ts';
import { markLines } from '../chart/limit-lines.ts';
import type { LimitLine } from '../chart/limit-lines.ts';
import { areWhole, isRunning, timeSeries } from '../chart/time-series.ts';
import type { SeriesLine } from '../chart/time-series.ts';

/** Sum of each series over the whole window; null for one without any value. */
export function stackTotals(result: Rows | undefined, layers: readonly SeriesLine[]): (number | null)[] {
  const { values } = timeSeries(
    result,
    layers.map((layer) => layer.id),
  );
  return layers.map((layer) => {
    const known = (values.get(layer.id) ?? []).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
}

/**
 * Columns over time, each made of layers from the first (at the foot) to the last. The column that is not over yet is paler. `limits` gives the lines across, told the
 * greatest sum.
 */
export function stackOption(
  result: Pick<Snapshot, 'columns' | 'rows' | 'at'> | undefined,
  layers: readonly SeriesLine[],
  look: ChartLook,
  limits: (top: number) => readonly LimitLine[] = () => [],
): ChartOption {
  const { u, palette, formats } = look;
  const { instants, values } = timeSeries(
    result,
    layers.map((layer) => layer.id),
  );
  const greatest = Math.max(
    0,
    ...instants.map((_, place) => layers.reduce((sum, layer) => sum + (values.get(layer.id)?.[place] ?? 0), 0)),
  );
  const across = limits(greatest);
  const top = Math.max(greatest, ...across.map(({ value }) => value));
  const running = isRunning(instants, result?.at ?? 0);
  const ticks = timeTicks(instants, formats);
  const labelled = new Set(ticks.at);
  return {
    ...baseOption(look),
    grid: { top: 16 * u, bottom: 4 * u, left: 4 * u, right: 14 * u, outerBoundsMode: 'same' },
    xAxis: {
      type: 'category',
      data: instants.map(String),
      axisLabel: {
        ...axisText(look),
        margin: 10 * u,
        interval: (_index: number, value: string) => labelled.has(Number(value)),
        formatter: (value: string) => ticks.text(Number(value)),
      },
      axisLine: { lineStyle: { color: palette.grid, width: Math.max(1, u) } },
      axisTick: { show: false },
    },
    yAxis: valueAxis(look, top, areWhole(values.values())),
    series: layers.map((layer, index) => ({
      ...(index === 0 ? markLines(across, look) : {}),
      id: layer.id,
      name: layer.name,
      type: 'bar',
      stack: 'all',
      silent: true,
      data: (values.get(layer.id) ?? []).map((value, place) =>
        running && place === instants.length - 1 ? { value, itemStyle: { opacity: 0.55 } } : value,
      ),
      itemStyle: { color: palette[layer.color] },
      barCategoryGap: '32%',
    })),
  };
}
