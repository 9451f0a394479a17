import type { PulseSource } from '#api/contract.ts';

/** A source of no known limit that was not heard for this long counts as not sending, in ms. */
export const SENDING_WITHIN_MS = 10 * 60_000;

/** What the heading says of all sources: how many there are, how many send, and whether any of it is simulated. */
export interface SourcesSummary {
  all: number;
  sending: number;
  simulated: boolean;
}

/**
 * Sums up the sources at `now` (epoch ms). A source that writes several families is one. It sends while it is within the limits of all of them that have one; a
 * source that has none is not counted, since nothing is expected of it. Where no limit is known, since nobody looks, whatever was heard lately sends.
 */
export function sourcesSummary(sources: readonly PulseSource[], now: number): SourcesSummary {
  // the product's word on its sources and on alerts is none of them
  const own = sources.filter(({ family }) => family !== 'intake' && family !== 'alert');
  const limited = own.filter(({ is_silent }) => is_silent !== null);
  const sending = new Map<string, boolean>();
  if (limited.length > 0)
    for (const { source, is_silent } of limited) sending.set(source, (sending.get(source) ?? true) && !is_silent);
  else
    for (const { source, received_at } of own)
      sending.set(source, (sending.get(source) ?? false) || now - received_at <= SENDING_WITHIN_MS);
  return {
    all: sending.size,
    sending: [...sending.values()].filter(Boolean).length,
    simulated: sources.some((source) => source.simulated),
  };
}
