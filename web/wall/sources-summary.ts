import type { SourceAge } from '#api/contract.ts';

/** A source that was not heard for this long counts as not sending, in ms. */
export const SENDING_WITHIN_MS = 10 * 60_000;

/** What the heading says of all sources: how many there are, how many send, and whether any of it is simulated. */
export interface SourcesSummary {
  all: number;
  sending: number;
  simulated: boolean;
}

/** Sums up the sources at `now` (epoch ms). A source that writes several families is one, and sends while one of them comes. */
export function sourcesSummary(sources: readonly SourceAge[], now: number): SourcesSummary {
  const newest = new Map<string, number>();
  for (const { family, source, received_at } of sources) {
    // the product's word on its sources and on alerts is none of them
    if (family === 'intake' || family === 'alert') continue;
    newest.set(source, Math.max(newest.get(source) ?? Number.NEGATIVE_INFINITY, received_at));
  }
  const sending = [...newest.values()].filter((received) => now - received <= SENDING_WITHIN_MS).length;
  return { all: newest.size, sending, simulated: sources.some((source) => source.simulated) };
}
