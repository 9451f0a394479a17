import type { ReadRecord } from '../spool/drain.ts';
import type { Spool } from '../spool/spool.ts';

/**
 * A source that is not asked over HTTP: it listens, polls or reads files. What it gets it appends to its spool, as records of its own form; the collector
 * stores them by way of `read` and the steps.
 */
export interface CollectingSource {
  /** `syslog`. Also the name of its spool. */
  entry: string;
  /** What a spooled record means. */
  read: ReadRecord;
  /** The ports on which it takes datagrams: what the kernel drops there is counted. */
  udpPorts?: () => readonly number[];
  /** Begins to take. Throws when it cannot, such as for a port that is in use. */
  start: (intake: Collected) => Promise<void>;
  /** Takes nothing more, and has appended all that it took. */
  close: () => Promise<void>;
}

/** Where a collecting source leaves what it gets, and says what it could not keep. */
export interface Collected {
  spool: Pick<Spool, 'append' | 'keep' | 'isFull' | 'isClosed' | 'room' | 'record_bytes'>;
  /** Counts records that were not kept: `by` is how they came (`udp`), `reason` why. */
  drop: (by: string, reason: DropReason, count: number) => void;
  /** Counts records that came, by how they came. */
  receive: (by: string, count: number) => void;
}

/** Why a record was not kept: the spool is at its bound, there is nothing in it, or it is larger than any may be. */
export type DropReason = 'spool_full' | 'empty' | 'too_large';
