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

/** The newest `top` entries of some results, newest first. */
export function feedOf(results: readonly (Rows | undefined)[], top: number): FeedEntry[] {
  return results
    .flatMap(readRows)
    .map((row) => ({
      id: row.text('id') ?? '',
      t: row.number('t'),
      family: row.text('family') ?? '',
      type: row.text('type') ?? '',
      unit: row.text('unit') ?? '',
      text: row.text('text') ?? '',
    }))
    .sort((one, other) => (other.t ?? 0) - (one.t ?? 0))
    .slice(0, top);
}

/** Words that lead on to others: a name does not end with one. */
const LEADING_ON = /[\s,;:–-]+(?:và|của|cho|từ|với|trong|theo|về|hoặc|and|of|for|with|to|from|in|out|by)$/iu;

/** The beginning of a name, at most `most` letters and whole words: names of fields and signatures are half sentences. */
export function shorten(text: string, most = 26): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf(' ', most);
  const head = text.slice(0, end > 0 ? end : most).replace(/[\s,;:–-]+$/u, '');
  return head.replace(LEADING_ON, '');
}

/** A name as it stands inside a sentence: its first letter small, unless it is an abbreviation. */
export function lowered(name: string): string {
  const [first = '', second = ''] = name;
  const abbreviation = second !== second.toLocaleLowerCase('vi');
  return abbreviation ? name : first.toLocaleLowerCase('vi') + name.slice(first.length);
}
