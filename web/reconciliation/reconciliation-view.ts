import type {
  ReconciliationFigure,
  ReconciliationLine,
  ReconciliationReply,
  ReconciliationRule,
} from '#api/contract-reconciliation.ts';
import { MISSING } from '../format/format.ts';
import type { Formats } from '../format/format.ts';
import { decimalsOf } from '../format/read-number.ts';

/** The request of the lines of a unit (all of the scope when absent) and a period (this month when absent). */
export function reconciliationUrl(unit: string | undefined, period: string | undefined): string {
  const found = new URLSearchParams();
  if (unit !== undefined) found.set('unit', unit);
  if (period !== undefined) found.set('period', period);
  const query = found.toString();
  return query === '' ? '/api/reconciliations' : `/api/reconciliations?${query}`;
}

/** A figure as it was stated, with as many decimals as it has; `—` for what is missing. */
export function statedText(value: number | null, formats: Pick<Formats, 'decimal'>): string {
  return value === null ? MISSING : formats.decimal(value, decimalsOf(value));
}

/** What a figure should be, and by how much it differs, with the decimals of its rule. */
export function lineTexts(
  { expected, difference }: Pick<ReconciliationLine, 'expected' | 'difference'>,
  { decimals }: Pick<ReconciliationRule, 'decimals'>,
  formats: Pick<Formats, 'decimal' | 'signed'>,
): { expected: string; difference: string } {
  return {
    expected: expected === null ? MISSING : formats.decimal(expected, decimals),
    difference: difference === null ? MISSING : formats.signed(Number(difference.toFixed(decimals)), decimals),
  };
}

/** The figures of a reply that somebody stated, by metric and unit. */
export function statedFigures({ lines }: Pick<ReconciliationReply, 'lines'>): Map<string, ReconciliationFigure> {
  const figures = lines.flatMap(({ stated, parts, fits }) => [stated, ...parts, ...(fits ? [fits] : [])]);
  return new Map(
    figures.filter(({ value }) => value !== null).map((figure) => [`${figure.metric} ${figure.unit}`, figure]),
  );
}

/** What is shown of a line: its state, or that we could not count in time, which is not that somebody has stated nothing. */
export type ShownState = ReconciliationLine['state'] | 'too_slow';

/** The state that is shown of a line. */
export function shownState({
  state,
  stated,
  counts,
}: Pick<ReconciliationLine, 'state' | 'stated' | 'counts'>): ShownState {
  const isSlow =
    state === 'incomplete' && stated.value !== null && counts.some(({ missing }) => missing === 'too_slow');
  return isSlow ? 'too_slow' : state;
}

/** How many lines are in each state; what could not be counted in time is told where there is any. */
export function countStates(
  lines: readonly Pick<ReconciliationLine, 'state' | 'stated' | 'counts'>[],
): { state: ShownState; count: number }[] {
  const states = lines.map(shownState);
  const shown = ['differs', 'incomplete', 'too_slow', 'agrees'] as const;
  return shown
    .map((state) => ({ state, count: states.filter((each) => each === state).length }))
    .filter(({ state, count }) => state !== 'too_slow' || count > 0);
}
