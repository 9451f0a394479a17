import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';

/** An entry of the ticker. */
export interface FeedEntry {
  id: string;
  /** Epoch ms. */
  t: number | null;
  family: string;
  type: string;
  unit: string;
  text: string;
}

/** The first `top` entries of a result, newest first. */
export function feedOf(result: Rows | undefined, top: number): FeedEntry[] {
  return readRows(result)
    .slice(0, top)
    .map((row) => ({
      id: row.text('id') ?? '',
      t: row.number('t'),
      family: row.text('family') ?? '',
      type: row.text('type') ?? '',
      unit: row.text('unit') ?? '',
      text: row.text('text') ?? '',
    }));
}

/** A text of at most `most` letters, ended between words. Names of procedures are sentences; a ticker needs their beginning. */
export function shorten(text: string, most = 40): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most);
  const end = cut.lastIndexOf(' ');
  return `${cut.slice(0, end > most / 2 ? end : most - 1).replace(/[\s,;:–-]+$/, '')}…`;
}

/** A name as it stands inside a sentence: its first letter small, unless it is an abbreviation. */
export function lowered(name: string): string {
  const [first = '', second = ''] = name;
  const abbreviation = second !== second.toLocaleLowerCase('vi');
  return abbreviation ? name : first.toLocaleLowerCase('vi') + name.slice(first.length);
}
