import { DateTime } from 'luxon';
import type { LocationQueryRaw } from 'vue-router';
import type { IndexFix, IndexPart } from '#api/contract-index.ts';
import { MISSING } from '../format/format.ts';
import type { Formats } from '../format/format.ts';

/** The request of the index of a unit (all of the scope when absent) and a month (`2026-11`; the present one when absent). */
export function indexUrl(unit: string | undefined, month: string | undefined): string {
  const found = new URLSearchParams();
  if (unit !== undefined) found.set('unit', unit);
  if (month !== undefined) found.set('from', `${month}-01`);
  const query = found.toString();
  return query === '' ? '/api/index-766' : `/api/index-766?${query}`;
}

/** A month (`2026-11`) of an address; undefined for text that is none. */
export function readMonth(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text) ? text : undefined;
}

/** The month that lies so many months after another. */
export function monthAfter(month: string, months: number): string {
  return DateTime.fromISO(`${month}-01`, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM');
}

/** The month (`2026-11`) that an instant falls in, in a zone. */
export function monthOf(instant: number, zone: string): string {
  return DateTime.fromMillis(instant, { zone }).toFormat('yyyy-MM');
}

/** Points as they are written: two decimals, three for what would be nothing with two, `—` for what is not known. */
export function pointsText(points: number | null, formats: Pick<Formats, 'decimal'>): string {
  if (points === null) return MISSING;
  if (points > 0 && points < 0.001) return `< ${formats.decimal(0.001, 3)}`;
  return formats.decimal(points, points > 0 && points < 0.01 ? 3 : 2);
}

/** The share of a bar that is filled, 0 to 1; null where nothing is known. */
export function shareOf({ points, most }: { points: number | null; most: number }): number | null {
  return points === null || most === 0 ? null : points / most;
}

/** The desk's list of what a row counts: open dossiers by rule 766. */
export function deskQuery(
  fix: Pick<IndexFix, 'kind' | 'key'>,
  state: 'open_overdue' | 'open_due_soon',
  unit: string | undefined,
): LocationQueryRaw {
  const query: LocationQueryRaw = { rule: '766', state };
  if (fix.kind === 'unit') query.unit = fix.key;
  else if (unit !== undefined) query.unit = unit;
  if (fix.kind === 'procedure') query.procedure = fix.key;
  return query;
}

/** What a form of an entry holds; texts, as they are typed. */
export interface EntryDraft {
  part: string;
  whole: string;
}

/** The figures of a draft; undefined while it is not two counts of which the first is at most the second, which is above 0. */
export function readDraft({ part, whole }: EntryDraft): { part: number; whole: number } | undefined {
  const counts = [part, whole].map((text) => (/^\d{1,12}$/.test(text.trim()) ? Number(text) : Number.NaN));
  const [some = Number.NaN, all = Number.NaN] = counts;
  return some <= all && all > 0 ? { part: some, whole: all } : undefined;
}

/** The metrics under which a part is entered by hand. */
export function entryMetrics(id: IndexPart['id']): { part: string; whole: string } {
  const name = `index_766.${id.replace('.', '_')}`;
  return { part: `${name}.part`, whole: `${name}.whole` };
}
