import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GridComponentOption } from 'echarts/components';
import type { ComposeOption } from 'echarts/core';
import type { Formats } from '../../format/format.ts';
import { FONT } from '../../theme/fonts.ts';
import type { Palette } from '../../theme/read-palette.ts';

/** An option made of the parts that PanelChart registers. */
export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

/** What every chart is drawn with: one wall unit in pixels, the theme's colours, the viewer's numbers. */
export interface ChartLook {
  u: number;
  palette: Palette;
  formats: Formats;
}

/** Size of every text in a chart, in wall units: the floor of what is read from eight metres. */
export const TEXT_U = 24;

/** What all charts share: nothing moves, one font. */
export function baseOption(look: ChartLook): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: TEXT_U * look.u, fontWeight: 500, color: look.palette.text2 },
  };
}

/** Labels of an axis. */
export function axisText(look: ChartLook): { color: string; fontSize: number; fontFamily: string; fontWeight: 500 } {
  return { color: look.palette.text2, fontSize: TEXT_U * look.u, fontFamily: FONT, fontWeight: 500 };
}

/** A zero-based value axis with few lines. */
export function valueAxis(look: ChartLook, top: number, isWhole: boolean): NonNullable<ChartOption['yAxis']> {
  const scale = niceScale(top, isWhole);
  return {
    type: 'value',
    min: 0,
    max: scale.max,
    interval: scale.step,
    axisLabel: {
      ...axisText(look),
      margin: 12 * look.u,
      formatter: (value: number) => look.formats.decimal(value, scale.decimals),
    },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: look.palette.grid, width: Math.max(1, look.u) } },
  };
}

/**
 * A round top and step for values from zero to `top`: two to four steps of 1, 2, 2.5 or 5 times a power of ten. Where all values are whole (`isWhole`) the steps
 * are too: of what is counted there are no parts.
 */
export function niceScale(top: number, isWhole = false): { max: number; step: number; decimals: number } {
  if (!(top > 0)) return { max: 1, step: 1, decimals: 0 };
  const rough = top / 3;
  const power = Math.max(isWhole ? 1 : 0, 10 ** Math.floor(Math.log10(rough)));
  const factors = isWhole && power === 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const step = (factors.find((factor) => factor * power >= rough) ?? 10) * power;
  const decimals = Math.max(
    0,
    Math.min(3, -Math.floor(Math.log10(power)) + (Math.abs(step / power - 2.5) < 1e-9 ? 1 : 0)),
  );
  return { max: step * Math.ceil(top / step - 1e-9), step, decimals };
}

/** Instants among `instants` (ascending, epoch ms) that get a label: those whose hour parts the day evenly into about `wanted`. */
export function hourTicks(instants: readonly number[], formats: Pick<Formats, 'hourOfDay'>, wanted = 4): number[] {
  const [first, last] = [instants[0], instants.at(-1)];
  if (first === undefined || last === undefined) return [];
  const hours = Math.max(1, (last - first) / 3_600_000);
  const every = [1, 2, 3, 4, 6, 12, 24].find((step) => hours / step <= wanted) ?? 24;
  const seen = new Set<string>();
  return instants.filter((instant) => {
    const hour = formats.hourOfDay(instant);
    const mark = `${Math.floor(instant / 3_600_000)}`;
    // several points may fall into one hour: the first is labelled
    if (hour % every !== 0 || seen.has(mark)) return false;
    seen.add(mark);
    return true;
  });
}

const DAY_MS = 86_400_000;

/** Where the axis of time is labelled, and how: instants that lie hours apart by the hour, otherwise by day (`18/11`), month or year. */
export function timeTicks(
  instants: readonly number[],
  formats: Pick<Formats, 'hourOfDay' | 'hour' | 'date'>,
  wanted = 4,
): { at: number[]; text: (instant: number) => string } {
  const gaps = instants.slice(1).map((instant, place) => instant - (instants[place] ?? instant));
  const gap = Math.min(...gaps);
  if (gaps.length === 0 || gap < 0.9 * DAY_MS) return { at: hourTicks(instants, formats, wanted), text: formats.hour };
  const every = Math.ceil(instants.length / wanted);
  // counted from the end: the newest step is the one that is asked about
  const at = instants.filter((_, place) => (instants.length - 1 - place) % every === 0);
  // dd/MM/yyyy
  const [from, to] = gap < 27 * DAY_MS ? [0, 5] : gap < 360 * DAY_MS ? [3, 10] : [6, 10];
  return { at, text: (instant) => formats.date(instant).slice(from, to) };
}
