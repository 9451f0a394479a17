/** For tests: what is known of one instance at an evaluation: its condition holds, it does not, or nothing can be said. */
export interface Known {
  at: number;
  holds: boolean | 'unknown';
}

/** For tests: where an instance stands after all of its history, worked out anew from the beginning, which is slow and hard to get wrong. */
export function stateAfter(
  history: readonly Known[],
  { for_ms, keep_ms }: { for_ms: number; keep_ms: number },
): { state: 'normal' | 'pending' | 'firing' | 'recovering'; onset_at: number | null } {
  const said = history.filter(({ holds }) => holds !== 'unknown');
  for (let begin = 0; begin < said.length; begin++) {
    const onset = said[begin];
    if (!onset || onset.holds !== true) continue;
    const end = endOf(said, begin, for_ms, keep_ms);
    const last = said.at(-1);
    if (end === undefined && last) {
      const hasFired = said.slice(begin).some(({ at, holds }) => holds === true && at - onset.at >= for_ms);
      const state = last.holds === true ? (hasFired ? 'firing' : 'pending') : 'recovering';
      return { state, onset_at: onset.at };
    }
    begin = end ?? begin;
  }
  return { state: 'normal', onset_at: null };
}

/** The index at which the episode that begins at `begin` is over; undefined while it is not. */
function endOf(said: readonly Known[], begin: number, for_ms: number, keep_ms: number): number | undefined {
  const onset_at = said[begin]?.at ?? 0;
  for (let index = begin + 1; index < said.length; index++) {
    if (said[index]?.holds === true) continue;
    const before = said.slice(begin, index);
    const hasFired = before.some(({ at, holds }) => holds === true && at - onset_at >= for_ms);
    if (!hasFired) return index;
    const cleared = said.slice(before.findLastIndex(({ holds }) => holds === true) + begin + 1)[0];
    if ((said[index]?.at ?? 0) - (cleared?.at ?? 0) >= keep_ms) return index;
  }
  return undefined;
}
