/** The number of single-character edits between two words. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      const swap = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}

/** How far a word is from a name; a beginning of it is near, however short. */
function slips(word: string, name: string): number {
  return word.length > 2 && name.startsWith(word) ? 1 : distance(word, name);
}

/**
 * What may stand where `word` stands, for a message: the likeliest slip first, then everything allowed.
 * `did you mean "received-today"? allowed: alerts-overdue, …`. Of more than `most` only the nearest are named.
 */
export function choices(word: string, allowed: Iterable<string>, most = Infinity): string {
  const all = [...allowed].sort();
  const ranked = all
    .map((name) => ({ name, edits: slips(word.slice(0, 64), name.slice(0, 64)) }))
    .sort((a, b) => a.edits - b.edits);
  const near = ranked[0];
  const hint = near && near.edits <= Math.max(2, word.length / 3) ? `did you mean "${near.name}"? ` : '';
  const named = all.length <= most ? all : ranked.slice(0, most).map(({ name }) => name);
  const rest = all.length - named.length;
  return `${hint}allowed: ${all.length === 0 ? 'none' : named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
