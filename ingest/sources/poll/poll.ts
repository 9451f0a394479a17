import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { faultFields } from '../../fault-fields.ts';
import type { PollFeed } from '../../schema/feed.ts';
import type { Collected } from '../collecting-source.ts';
import { TableError } from '../file/table/cell.ts';
import { appendAll } from '../reading/append.ts';
import { createFieldReader } from '../reading/field.ts';
import { createRecordLister } from '../reading/map-record.ts';
import { readTable } from '../reading/table.ts';
import { fetchPage, PollError, type PollState } from './fetch-page.ts';
import { readState, writeState } from './state-file.ts';

/** Longest pause after failures, in milliseconds; not shorter than that between polls. */
const MOST_PAUSE_MS = 15 * 60_000;

/** What a poll works with. */
export interface PollOptions {
  /** The name of the feed. */
  id: string;
  feed: PollFeed;
  /** Where it is remembered how far the feed is read. */
  state_file: string;
  variable: (name: string) => string | undefined;
  intake: Collected;
  log: Logger;
  onFault: (fault: string) => void;
}

/** Asks for a feed again and again until `signal` aborts. Pauses double with each failure. */
export async function poll(options: PollOptions, signal: AbortSignal): Promise<void> {
  const { feed, log, onFault } = options;
  const every_ms = feed.every_s * 1_000;
  const hasEnded = (): boolean => signal.aborted;
  for (let failures = 0; !signal.aborted;) {
    let pause_ms = every_ms;
    try {
      await pollOnce(options, signal);
      failures = 0;
    } catch (error) {
      if (hasEnded()) return;
      failures += 1;
      const asked_ms = error instanceof PollError ? error.retry_after_ms : 0;
      pause_ms = Math.max(asked_ms, Math.min(every_ms * 2 ** failures, Math.max(every_ms, MOST_PAUSE_MS)));
      onFault(error instanceof PollError ? error.code : error instanceof TableError ? 'broken' : 'fetch');
      log.warn({ ...faultFields(error), pause_ms }, 'the feed could not be read');
    }
    await sleep(pause_ms, undefined, { signal }).catch(() => undefined);
    if (hasEnded()) return;
  }
}

/** Asks once. What came is written to the spool before it is noted how far the feed is read: after a kill it is asked for again, and known by its time. */
async function pollOnce(options: PollOptions, signal: AbortSignal): Promise<void> {
  const { id, feed, state_file, variable, intake } = options;
  const state = await readState(state_file);
  const page = await fetchPage(feed, state, variable, signal);
  if (page === 'unchanged') return;
  const records = await recordsOf(feed, page.body);
  if (!records) {
    await appendAll(intake, 'poll', { feed: id, form: 'broken' }, [page.body], signal);
    throw new TableError('IOC_FILE_FORMAT', 'the answer is not what the feed says that it is');
  }
  const rows = records.map((record) => Buffer.from(JSON.stringify(record)));
  if (!(await appendAll(intake, 'poll', { feed: id, form: 'row' }, rows, signal))) return;
  await writeState(state_file, { ...page.seen, cursor: furthest(feed, records, state.cursor) });
}

/** The records of an answer; undefined when it is not of its format. */
async function recordsOf({ format, mapping }: PollFeed, body: Buffer): Promise<readonly unknown[] | undefined> {
  try {
    if (format === 'json') return createRecordLister(mapping.records, Infinity)(JSON.parse(body.toString('utf8')));
    const records: unknown[] = [];
    for await (const { record } of readTable(body)) records.push(record);
    return records;
  } catch {
    return undefined;
  }
}

/** The largest value of the cursor's field. */
function furthest({ cursor }: PollFeed, records: readonly unknown[], last: PollState['cursor']): string | undefined {
  if (!cursor) return undefined;
  const read = createFieldReader(cursor.field);
  let most = last;
  for (const value of records) {
    const at = read({ value, topic: '' });
    if ((typeof at === 'string' || typeof at === 'number') && (most === undefined || isAfter(String(at), most)))
      most = String(at);
  }
  return most;
}

function isAfter(left: string, right: string): boolean {
  const [one, other] = [Number(left), Number(right)];
  return Number.isNaN(one) || Number.isNaN(other) ? left > right : one > other;
}
