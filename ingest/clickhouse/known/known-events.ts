import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { FAMILY_NAMES, type Family } from '../../schema/event.ts';
import { LOG_TABLES } from '../relations.ts';
import { Fingerprints, type FingerprintOptions } from './fingerprints.ts';

/** Bytes of a UUID in RowBinary. */
const KEY_BYTES = 16;

/** Furthest that an event may lie in the future when it arrives, in milliseconds; clocks of sources differ by so much. */
export const FUTURE_LIMIT_MS = 5 * 60_000;

/**
 * Knows which events may be in the logs already, without asking them.
 *
 * It holds a fingerprint of every event that was received since an instant, at first all of them. An event that it does not know and
 * that happened since then is surely new; that is so for live traffic and for a first load of history, so neither
 * costs a question to the store.
 */
export class KnownEvents {
  readonly #prints: Fingerprints;
  /** Every event received from here on is held. Epoch ms. */
  #since = Number.NEGATIVE_INFINITY;

  constructor(clock: () => number, options: FingerprintOptions = {}) {
    const onDrop = () => {
      // what was dropped is older than now; a closer bound would need an instant for each segment
      this.#since = clock();
    };
    this.#prints = new Fingerprints({ ...options, onDrop });
  }

  add(keys: readonly string[]): void {
    for (const key of keys) this.#prints.add(key);
  }

  /** True when it was held, but for one chance in a billion. */
  holds(key: string): boolean {
    return this.#prints.mayHold(key);
  }

  /** True when an event that happened then, and is not held, is surely new. */
  covers(observed_at: number): boolean {
    return observed_at - FUTURE_LIMIT_MS > this.#since;
  }

  /** Reads the keys of all logs: about a second for ten million. Of more events than fit, those received last. */
  async load(client: ClickHouseClient): Promise<number> {
    this.#since = await oldestThatFits(client, this.#prints.capacity / 2);
    let count = 0;
    for (const family of FAMILY_NAMES) count += await this.#loadFamily(client, family);
    return count;
  }

  async #loadFamily(client: ClickHouseClient, family: Family): Promise<number> {
    const isAll = this.#since === Number.NEGATIVE_INFINITY;
    const { stream } = await client.exec({
      query: `SELECT event_key FROM log.${LOG_TABLES[family]} WHERE ${HELD[family] ?? '1'} AND ${isAll ? '1' : 'toUnixTimestamp64Milli(received_at) >= {since:Int64}'} FORMAT RowBinary`,
      query_params: isAll ? {} : { since: this.#since },
    });
    let rest: Buffer = Buffer.alloc(0);
    let count = 0;
    for await (const chunk of stream) {
      if (!Buffer.isBuffer(chunk)) continue;
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.length - (bytes.length % KEY_BYTES);
      // each half of a UUID is little-endian, so its leading word is the upper one
      for (let at = 0; at < whole; at += KEY_BYTES)
        this.#prints.addWords(bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 12));
      count += whole / KEY_BYTES;
      rest = bytes.subarray(whole);
    }
    return count;
  }
}

/**
 * Of lines of syslog, only those that somebody may send again are held: what the collector stores has keys of its own and comes in floods, which would leave no room
 * for the others.
 */
const HELD: Partial<Record<Family, string>> = { syslog: "transport = 'http'" };

const CountSchema = z.tuple([z.tuple([z.coerce.number(), z.coerce.number()])]);

/** The instant of reception since which at most `capacity` events were received; minus infinity when all events fit. */
async function oldestThatFits(client: ClickHouseClient, capacity: number): Promise<number> {
  const rows = (span: string) =>
    FAMILY_NAMES.map(
      (family) =>
        `SELECT count() AS rows, max(received_at) AS newest FROM log.${LOG_TABLES[family]} WHERE ${HELD[family] ?? '1'} AND received_at >= ${span}`,
    ).join(' UNION ALL ');
  const count = async (since: number) => {
    const result = await client.query({
      query: `SELECT sum(rows), toUnixTimestamp64Milli(max(newest)) FROM (${rows('fromUnixTimestamp64Milli({since:Int64})')})`,
      query_params: { since },
      format: 'JSONCompactEachRow',
    });
    return CountSchema.parse(await result.json())[0];
  };
  const [all, newest] = await count(0);
  if (all <= capacity) return Number.NEGATIVE_INFINITY;
  const DAY_MS = 86_400_000;
  for (let span = 365 * DAY_MS; span > 60_000; span /= 2) {
    const [held] = await count(newest - span);
    if (held <= capacity) return newest - span;
  }
  return newest;
}
