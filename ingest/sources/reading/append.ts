import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Collected } from '../collecting-source.ts';
import { writeSender, type FeedSender } from './sender.ts';

/** Records that are taken before others have their turn. */
const RECORDS_A_TURN = 500;

/**
 * Appends records to the spool; waits where there is no room. Records that are too large are dropped and counted. True when all are written to the disk; false
 * when `signal` aborts meanwhile: then they have to be brought once more.
 */
export async function appendAll(
  { spool, receive, drop }: Collected,
  by: string,
  from: Pick<FeedSender, 'feed' | 'form'>,
  records: Iterable<Buffer>,
  signal: AbortSignal,
): Promise<boolean> {
  const sender = writeSender({ ...from, topic: '' });
  let count = 0;
  for (const bytes of records) {
    if (bytes.length > spool.record_bytes) {
      drop(by, 'too_large', 1);
      continue;
    }
    while (!spool.append(sender, bytes)) {
      if (spool.isClosed || signal.aborted) return false;
      await roomOrEnd(spool, signal);
    }
    count += 1;
    if (count % RECORDS_A_TURN === 0) await nextTurn();
  }
  receive(by, count);
  return spool.keep();
}

/** Resolves when there is room, or when `signal` aborts. */
async function roomOrEnd(spool: Collected['spool'], signal: AbortSignal): Promise<void> {
  const waited = new AbortController();
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { signal: waited.signal });
  });
  await Promise.race([spool.room(), ended]);
  waited.abort();
}
