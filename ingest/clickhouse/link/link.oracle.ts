import type { LinkEventRow } from '../../schema/link.ts';

/** How much older than the newest word on a link a word may be to count, in milliseconds. */
const COUNTS_MS = 15 * 60_000;

type Measured = Pick<LinkEventRow, 'latency_ms' | 'loss_ratio' | 'rx_bps' | 'tx_bps'>;

/** A link as its sources say together. Instants are epoch ms; `sample_at` is 0 where nobody samples it. */
export interface MergedLink extends Measured {
  up: 0 | 1;
  state_at: number;
  last_up_at: number | null;
  last_down_at: number | null;
  alive_at: number;
  from_unit: string;
  ring: string;
  sample_at: number;
}

/**
 * What `link` says of one link (sql/0034_link.each.sql), worked out by other code: for tests. The order of the events, of which there is one at least,
 * does not matter.
 */
export function mergeLink(events: readonly LinkEventRow[]): MergedLink {
  const sorted = events.toSorted((a, b) => a.observed_at - b.observed_at || a.up - b.up);
  const last = (has: (event: LinkEventRow) => boolean) => sorted.findLast(has);
  const counts_from = (sorted.at(-1)?.observed_at ?? 0) - COUNTS_MS;
  const words = [...new Set(sorted.map(({ source }) => source))].map((source) =>
    sorted.filter((event) => event.source === source),
  );
  const counting = words.filter((own) => (own.at(-1)?.observed_at ?? 0) >= counts_from);
  const up = counting.every((own) => own.at(-1)?.up === 1) ? 1 : 0;
  const agreeing = words.filter((own) => own.at(-1)?.up === up);
  const newest = (of: (own: readonly LinkEventRow[]) => number | undefined): number | null => {
    const instants = agreeing.flatMap((own) => of(own) ?? []);
    return instants.length === 0 ? null : Math.max(...instants);
  };
  const measured = (field: keyof Measured): number | null => {
    const event = last((one) => one[field] !== null);
    return event && event.observed_at >= counts_from ? event[field] : null;
  };
  return {
    up,
    state_at: newest((own) => own.at(-1)?.observed_at) ?? 0,
    last_up_at: newest((own) => own.findLast((event) => event.up === 1)?.observed_at),
    last_down_at: last((event) => event.up === 0)?.observed_at ?? null,
    alive_at: newest(aliveAt) ?? Math.min(...agreeing.flatMap((own) => own[0]?.observed_at ?? [])),
    from_unit: last(({ from_unit }) => from_unit !== '')?.from_unit ?? '',
    ring: last(({ ring }) => ring !== '')?.ring ?? '',
    sample_at: last(({ type }) => type === 'link.sample')?.observed_at ?? 0,
    latency_ms: measured('latency_ms'),
    loss_ratio: measured('loss_ratio'),
    rx_bps: measured('rx_bps'),
    tx_bps: measured('tx_bps'),
  };
}

/** When one source last knew it alive, or, where it samples nothing, when it last said that it is down; undefined where it never knew it up. */
function aliveAt(own: readonly LinkEventRow[]): number | undefined {
  const at = (event: LinkEventRow | undefined): number | undefined => event?.observed_at;
  const up = at(own.findLast((event) => event.up === 1));
  if (up === undefined) return undefined;
  const isSampled = (at(own.findLast((event) => event.type === 'link.sample')) ?? 0) >= up;
  return isSampled ? up : (at(own.findLast((event) => event.up === 0)) ?? up);
}
