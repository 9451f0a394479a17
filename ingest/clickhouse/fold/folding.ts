import type { ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '../../schema/clock.ts';
import { Coalesced } from './coalesced.ts';
import { clickhouseLiveDossiers, MOST_PLACES } from './live-dossiers.ts';
import { bucketKey, bucketOf, placeKey, type DossierPlace, type TallyBucket } from './place.ts';

/** What keeps `live` with the logs: dossiers whose events were stored are folded, and their buckets counted, a moment later. */
export interface Folding {
  /** Asks for dossiers to be folded. Does not wait. */
  touch: (places: Iterable<DossierPlace>) => void;
  /** True when so much waits that no more should be taken in. */
  isFull: () => boolean;
  /** Age of the oldest dossier that is not folded yet, in milliseconds; 0 when none is. */
  oldest_ms: () => number;
  /** Folds and counts all of which something was received in this span before the newest reception. Throws what the store throws. */
  refoldReceived: (span_ms: number) => Promise<void>;
  /** Resolves when all that was asked for so far is folded and counted. */
  idle: () => Promise<void>;
  /** Waits until what was asked for is done, for at most `grace_ms`; what is not done by then is left. */
  drain: (grace_ms: number) => Promise<void>;
}

/** What a folding is made with. */
export interface FoldingOptions {
  /** The writer's. */
  client: ClickHouseClient;
  clock: Clock;
  /** Called for each turn that failed; it is tried again. */
  onFault?: (error: unknown) => void;
}

/** Dossiers that may wait: at the rate of a first load of history, half a minute. */
const MOST_WAITING = 200_000;
/** A month's share of a percent moves no faster than this. */
const COUNT_REST_MS = 2_000;
const FOLD_REST_MS = 150;

/** Starts a folding; it does nothing until it is asked. */
export function createFolding({ client, clock, onFault }: FoldingOptions): Folding {
  const live = clickhouseLiveDossiers(client, clock);
  const buckets = new Coalesced<TallyBucket>({
    keyOf: bucketKey,
    work: live.count,
    chunk: MOST_PLACES,
    capacity: Infinity,
    rest_ms: COUNT_REST_MS,
    onFault,
  });
  const dossiers = new Coalesced<DossierPlace>({
    keyOf: placeKey,
    work: async (places) => {
      await live.refold(places);
      buckets.add(places.map(bucketOf));
    },
    chunk: MOST_PLACES,
    capacity: MOST_WAITING,
    rest_ms: FOLD_REST_MS,
    onFault,
  });
  return {
    touch: (places) => dossiers.add(places),
    isFull: () => dossiers.isFull,
    oldest_ms: () => dossiers.oldest_ms,
    refoldReceived: live.refoldReceived,
    idle: async () => {
      await dossiers.idle();
      await buckets.idle();
    },
    drain: async (grace_ms) => {
      const begun = performance.now();
      await dossiers.drain(grace_ms);
      await buckets.drain(Math.max(0, grace_ms - (performance.now() - begun)));
    },
  };
}
