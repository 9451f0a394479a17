import { createFormats } from './format/format.ts';
import type { ChartLook } from './panels/chart/chart-option.ts';
import { readPalette } from './theme/read-palette.ts';

/** The look of charts in tests: a colour is the name of its custom property, one unit is one pixel unless said. */
export function testLook(u = 1): ChartLook {
  return { u, palette: readPalette((name) => name), formats: createFormats('vi', 'Asia/Ho_Chi_Minh') };
}
