import { eventKey } from '../pipeline/event-key.ts';
import type { LogEntry } from '../schema/row.ts';
import type { ReadingEventRow } from '../schema/reading.ts';

/** A reading with an id, for tests of what carries rows. */
export function readingRow(id: string, observed_at: number, unit_path = '/H49/'): ReadingEventRow {
  return {
    event_key: eventKey('tests', id),
    id,
    source: 'tests',
    type: 'reading.sample',
    subject: '',
    unit_path,
    unit: '',
    observed_at,
    received_at: observed_at,
    simulated: 0,
    metric: 'air.pm25',
    value: 1.5,
    value_unit: 'ug/m3',
    place: 'Cẩm Phả',
  };
}

/** The same as an entry of its family. */
export const readingEntry = (id: string, observed_at: number): LogEntry => ({
  family: 'reading',
  row: readingRow(id, observed_at),
});

/** The ids in a batch of readings, read back from RowBinary. */
export function idsOfReadings(bytes: Buffer): string[] {
  const ids: string[] = [];
  let at = 0;
  const text = (): string => {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(at);
      at += 1;
      length |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  while (at < bytes.length) {
    text(); // unit_path
    at += 8 + 16 + 8; // observed_at, event_key, received_at
    ids.push(text());
    for (let column = 0; column < 4; column += 1) text(); // source, type, subject, unit
    at += 1; // simulated
    text(); // metric
    at += bytes.readUInt8(at) === 1 ? 1 : 9; // value
    text(); // value_unit
    text(); // place
  }
  return ids;
}
