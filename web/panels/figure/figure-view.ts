import type { Metric } from '#dashboards/schema/metric.ts';
import { MISSING } from '../../format/format.ts';
import type { Formats } from '../../format/format.ts';
import { readRows } from '../../live/rows.ts';
import type { Row } from '../../live/rows.ts';
import type { Results } from '../../live/use-panel.ts';

/** How a figure's second line is made, and its words. */
export interface FigureWords {
  second: 'part' | 'delta' | 'note' | 'target' | 'none';
  /** What the note column holds. */
  note: 'text' | 'unit' | 'number';
  caption: string;
  /** `mục tiêu 98`. */
  target: (value: string) => string;
  /** The short name of a unit by its code. */
  unitName: (code: string) => string;
}

/** What a figure card writes. */
export interface FigureView {
  value: number | null;
  text: string;
  /** Small and beside the value: `%`, `/ 310`. */
  beside: string;
  second: SecondLine;
}

/** A second line in two parts, in the order of reading. Where both have no room, `spare` is left out, never cut. */
export interface SecondLine {
  before: string;
  after: string;
  spare: 'before' | 'after' | 'none';
}

const NO_LINE: SecondLine = { before: '', after: '', spare: 'none' };

/** Above this a comparison reads better in per cent than in pieces. */
const IN_PERCENT_FROM = 100;

function delta(value: number, previous: number, metric: Metric, formats: Formats): string {
  const change = value - previous;
  if (metric.format === 'integer' && previous >= IN_PERCENT_FROM)
    return `${formats.signed(Math.round((100 * change) / previous), 0)} %`;
  return formats.signed(change, metric.format === 'integer' ? 0 : metric.decimals);
}

/** A note as it is written: a number in the viewer's digits, the name of a unit, or the text itself; empty when there is none. */
function noteText(note: string | number | null, words: FigureWords, formats: Formats): string {
  if (note === null || note === '') return '';
  if (typeof note === 'number') return formats.integer(note);
  return words.note === 'unit' ? words.unitName(note) : note;
}

/** The second line of a figure whose value is known. */
function secondLine(row: Row, value: number, metric: Metric, words: FigureWords, formats: Formats): SecondLine {
  const said = noteText(row.cell('note'), words, formats);
  const previous = row.number('previous');
  switch (words.second) {
    case 'delta':
      // nothing is known of then, which is not "as many"
      if (previous === null) return { before: MISSING, after: words.caption, spare: 'after' };
      return { before: delta(value, previous, metric, formats), after: words.caption, spare: 'after' };
    case 'target':
      if (metric.target === undefined) return NO_LINE;
      return { ...NO_LINE, before: words.target(formats.value(metric.target, { ...metric, decimals: 0 })) };
    case 'note':
    case 'part':
      if (said === '') return NO_LINE;
      // a number comes before what it counts and says nothing without it; a name stands for itself
      if (words.note === 'number') return { before: said, after: words.caption, spare: 'none' };
      return { before: words.caption, after: said, spare: words.note === 'unit' ? 'before' : 'none' };
    case 'none':
      return NO_LINE;
  }
}

/** Writes the texts of a figure from the first row of its main query: `value`, and `previous`, `of`, `note` where it has them. */
export function figureView(results: Results, metric: Metric, words: FigureWords, formats: Formats): FigureView {
  const row = readRows(results.main)[0];
  const value = row?.number('value') ?? null;
  if (!row || value === null) return { value: null, text: MISSING, beside: '', second: NO_LINE };
  const of = row.number('of');
  const percent = metric.format === 'percent' ? '%' : '';
  return {
    value,
    text: formats.value(value, metric),
    beside: of === null ? percent : `/ ${formats.value(of, metric)}`,
    second: secondLine(row, value, metric, words, formats),
  };
}
