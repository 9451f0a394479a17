import type { PlainEntry } from '../../clickhouse/writer/row-set.ts';
import { eventKey } from '../../pipeline/event-key.ts';
import { rejected, type Rejected } from '../../pipeline/step.ts';
import type { ReadingFeed } from '../../schema/feed.ts';
import type { ReadRecord, RecordOrigin } from '../../spool/drain.ts';
import type { MappedRecord } from './field.ts';
import { createMapRecord, createRecordLister, type MappedReading, type MappedReadings } from './map-record.ts';
import { readSender } from './sender.ts';

/** Reasons of one record that are named; it may hold hundreds of values. */
const MOST_REASONS = 5;

interface Reader {
  feed: ReadingFeed;
  list: (document: unknown) => readonly unknown[] | undefined;
  map: (record: MappedRecord) => MappedReadings;
}

/**
 * Makes what spooled records of these feeds mean: readings by the mapping of the feed, and one refusal for all of a record that could not be taken, so
 * that it stays as it was sent. An event is known by source, series and time, so that a row that is read twice is one event.
 */
export function createReadFeed(feeds: ReadonlyMap<string, ReadingFeed>, onFault: (fault: string) => void): ReadRecord {
  const readers = new Map<string, Reader>();
  for (const [id, feed] of feeds)
    readers.set(id, { feed, list: createRecordLister(feed.mapping.records), map: createMapRecord(feed.mapping) });
  return (bytes, from, to, origin) => {
    const sender = readSender(origin.sender);
    const reader = readers.get(sender?.feed ?? '');
    const refuse = (code: 'IOC_EVENT_NOT_JSON' | 'IOC_EVENT_DATA', reason: string) => {
      onFault('refused');
      const events = [rejected(code, reason)];
      return { result: 'several' as const, source: reader?.feed.source ?? sender?.feed ?? '', events };
    };
    if (!sender || !reader) return refuse('IOC_EVENT_DATA', 'the feed that it came by is not there any more');
    if (sender.form === 'broken') return refuse('IOC_EVENT_DATA', 'cannot be read as what the feed says that it is');
    if (sender.isCut) return refuse('IOC_EVENT_DATA', 'the topic is too long');
    const document = parsed(bytes.toString('utf8', from, to));
    if (document === undefined) return refuse('IOC_EVENT_NOT_JSON', 'is no JSON');
    const records = sender.form === 'row' ? [document] : reader.list(document);
    if (!records)
      return refuse('IOC_EVENT_DATA', 'holds no list of records where the mapping says, or one that is too long');
    const faults: string[] = [];
    const events: (PlainEntry | Rejected)[] = [];
    for (const value of records) {
      const mapped = reader.map({ value, topic: sender.topic });
      faults.push(...mapped.faults);
      for (const reading of mapped.readings) {
        // a broker sends what it kept to whoever comes: without its own time it would be new each time
        if (reading.observed_at === undefined && sender.form === 'retained')
          faults.push('was kept by the broker and names no time of its own');
        else events.push(entryOf(reading, reader.feed, origin, events.length));
      }
    }
    if (faults.length > 0) {
      onFault('refused');
      events.push(rejected('IOC_EVENT_DATA', worded(faults)));
    }
    return { result: 'several', source: reader.feed.source, events };
  };
}

/** A JSON value; undefined for what is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function worded(faults: readonly string[]): string {
  const reasons = [...new Set(faults)];
  const rest = reasons.length - MOST_REASONS;
  return [...reasons.slice(0, MOST_REASONS), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}

function entryOf(reading: MappedReading, feed: ReadingFeed, origin: RecordOrigin, index: number): PlainEntry {
  const { metric, subject, observed_at, value, value_unit, place } = reading;
  const unit = reading.unit === '' ? (feed.unit ?? '') : reading.unit;
  const at = observed_at ?? origin.received_at;
  // without a time of its own it is known by its place in the spool
  const when = observed_at === undefined ? `${origin.event_key}/${index}` : String(at);
  const id = [metric, unit, subject, when].join('|');
  const row = {
    ...{ event_key: eventKey(feed.source, id), id, source: feed.source, type: 'reading.sample', subject },
    ...{ unit_path: '', unit, observed_at: at, received_at: origin.received_at },
    simulated: 0 as const,
  };
  return { family: 'reading', row: { ...row, metric, value, value_unit, place } };
}
