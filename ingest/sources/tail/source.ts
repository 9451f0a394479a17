import { isUtf8 } from 'node:buffer';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { faultFields } from '../../fault-fields.ts';
import { parseLine } from '../../http/text.ts';
import { rejected } from '../../pipeline/step.ts';
import type { Feed, SensorFormatName, TailFeed } from '../../schema/feed.ts';
import type { Collected, CollectingSource } from '../collecting-source.ts';
import { readEve } from '../eve/format.ts';
import type { SensorFormat } from '../sensor/format.ts';
import { recordOf } from '../sensor/record.ts';
import { readWazuh } from '../wazuh/format.ts';
import { readZeek } from '../zeek/format.ts';
import { FileTail } from './file-tail.ts';

/** What the source is made with. */
export interface TailOptions {
  /** All feeds that are on, by their ids; those of other kinds are passed over. */
  feeds: ReadonlyMap<string, Feed>;
  /** Folder of the places up to which they were read. */
  folder: string;
  log: Logger;
  onFault: (fault: string) => void;
}

/** How often a log is looked at, in milliseconds. */
const LOOK_MS = 250;
/** Bytes before the text of a spooled line: its place in its file. */
const PLACE_BYTES = 8;
const FORMATS: Record<SensorFormatName, SensorFormat> = { eve: readEve, wazuh: readWazuh, zeek: readZeek };

/** The logs of sensors on this machine, read as they grow. A line's key is made of its file and its place there: read twice, it is one event. */
export function createTailSource({ feeds: all, folder, log, onFault }: TailOptions): CollectingSource {
  const feeds = new Map<string, TailFeed>();
  for (const [id, feed] of all) if (feed.kind === 'tail') feeds.set(id, feed);
  const ending = new AbortController();
  const running: Promise<void>[] = [];
  return {
    entry: 'tail',
    read: (bytes, from, to, { sender, received_at }) => {
      const [feed_id = '', file = ''] = sender.split(' ');
      const feed = feeds.get(feed_id);
      if (!feed) return rejected('IOC_FEED_UNKNOWN', `there is no feed ${feed_id} any more`);
      const text = bytes.subarray(from + PLACE_BYTES, to);
      const line = text.toString('utf8').trim();
      const fields = isUtf8(text) ? FORMATS[feed.format](parseLine(line), logOf(feed.path)) : undefined;
      if (!fields) {
        onFault('not_json');
        return rejected('IOC_EVENT_NOT_JSON', 'the record is not a JSON object');
      }
      const ordinal = `${file}/${bytes.readBigUInt64BE(from)}`;
      const { source, unit = '' } = feed;
      const { row, isTimed } = recordOf(fields, line, { source, simulated: 0, received_at, unit, ordinal });
      if (!isTimed) onFault('untimed');
      return { family: 'security', row };
    },
    start: (intake) => {
      for (const [id, feed] of feeds) {
        const tail = new FileTail({
          path: feed.path,
          place_file: join(folder, `${id}.json`),
          line_bytes: intake.spool.record_bytes - PLACE_BYTES,
          take: (line) => append(intake, id, line),
          keep: () => kept(intake.spool),
        });
        running.push(follow(tail, { id, log: log.child({ feed: id }), signal: ending.signal, intake }));
      }
      return Promise.resolve();
    },
    close: async () => {
      ending.abort();
      await Promise.all(running);
    },
  };
}

/** Looks at a log again and again until the end. */
async function follow(
  tail: FileTail,
  { log, signal, intake }: { id: string; log: Logger; signal: AbortSignal; intake: Collected },
): Promise<void> {
  let isThere: boolean | undefined;
  let lost = tail.lost_files;
  while (!signal.aborted) {
    const found = await tail.poll().catch((error: unknown) => {
      // a spool that has closed takes nothing more: the place was not noted, and the next start goes on from there
      if (!intake.spool.isClosed) log.warn(faultFields(error), 'the log cannot be read');
      return isThere ?? false;
    });
    if (found !== isThere) log[found ? 'info' : 'warn'](found ? 'the log is read' : 'there is no such log yet');
    isThere = found;
    if (tail.lost_files > lost)
      log.error({ files: tail.lost_files - lost }, 'a log went away before it was read to its end');
    lost = tail.lost_files;
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  await tail.close();
}

/** Waits until what was taken is on disk; throws when the spool closed before. */
async function kept(spool: Collected['spool']): Promise<void> {
  if (!(await spool.keep())) throw new Error('the spool is closed');
}

async function append(
  intake: Collected,
  feed: string,
  { id, offset, bytes, from, to }: Parameters<ConstructorParameters<typeof FileTail>[0]['take']>[0],
): Promise<void> {
  // a line that is not there yet, or an empty one
  if (to === from) return;
  const record = Buffer.allocUnsafe(PLACE_BYTES + to - from);
  record.writeBigUInt64BE(BigInt(offset));
  bytes.copy(record, PLACE_BYTES, from, to);
  while (!intake.spool.append(`${feed} ${id}`, record)) {
    if (intake.spool.isClosed) throw new Error('the spool is closed');
    await intake.spool.room();
  }
  intake.receive('tail', 1);
}

/** The name of a log by that of its file: `conn` of `/var/log/zeek/current/conn.log`. */
function logOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).split('.')[0] ?? '';
}
