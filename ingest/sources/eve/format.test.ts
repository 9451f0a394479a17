import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordOf } from '../sensor/record.ts';
import { sliceArray } from '../sensor/slice-array.ts';
import { readTimestamp } from '../sensor/timestamp.ts';
import { readEve, severityOf } from './format.ts';

const received_at = Date.parse('2024-02-01T00:00:00Z');
const origin = { source: 'eve', simulated: 0, received_at, unit: '', ordinal: 0 } as const;
const readRecord = (record: unknown, line: string, from: Parameters<typeof recordOf>[2]) => {
  const fields = readEve(record);
  return fields && recordOf(fields, line, from);
};
const rowOf = (record: object, more: object = {}) => readRecord(record, JSON.stringify(record), { ...origin, ...more });

describe('an EVE record', () => {
  it('is an alert with its severity, or another record without one', () => {
    const alert = { severity: 1, signature: 'ET SCAN', category: 'Scan', action: 'blocked' };
    expect(rowOf({ event_type: 'alert', dest_ip: '10.0.0.1', alert })?.row).toMatchObject({
      ...{ type: 'security.alert', severity: 3, event_type: 'alert', signature: 'ET SCAN', category: 'Scan' },
      ...{ action: 'blocked', asset: '10.0.0.1' },
    });
    expect(rowOf({ event_type: 'drop', alert })?.row).toMatchObject({ type: 'security.record', severity: 0 });
  });

  it('names the target of the rule as the asset where the rule says which side it is', () => {
    const record = { event_type: 'alert', dest_ip: '10.0.0.1', alert: { target: { ip: '10.0.0.9' } } };
    expect(rowOf(record)?.row.asset).toBe('10.0.0.9');
  });

  it('grades severities in the order of Suricata, and leaves none unclassified', () => {
    const grades = [1, 2, 3, 4, 255].map(severityOf);
    expect(grades).toEqual([...grades].sort((left, right) => right - left));
    expect(grades).not.toContain(4);
    expect(severityOf(undefined)).toBe(0);
    expect(rowOf({ event_type: 'alert', alert: { severity: 'high' } })?.row.severity).toBe(0);
  });

  it('is kept under the time we saw it when its own cannot be used', () => {
    for (const timestamp of [undefined, 'yesterday', 7, '2124-01-01T00:00:00.000000+0000', '1066-01-01T00:00:00Z']) {
      expect(rowOf({ event_type: 'dns', timestamp })).toMatchObject({
        isTimed: false,
        row: { observed_at: received_at },
      });
    }
  });

  it('is another one when an equal line stood before it in the same file', () => {
    const key = (ordinal: number) => rowOf({ event_type: 'stats' }, { ordinal })?.row.event_key;
    expect(key(0)).toBe(key(0));
    expect(key(0)).not.toBe(key(1));
  });

  it('is never refused for what it says, only for being no object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('timestamp', 'event_type', 'alert', 'dest_ip'), fc.anything()),
        (sent) => {
          expect(readRecord(sent, 'line', origin)).toBeDefined();
        },
      ),
    );
    for (const sent of [undefined, null, 7, 'x', []]) expect(readRecord(sent, 'line', origin)).toBeUndefined();
  });
});

describe('timestamps of Suricata', () => {
  it.each([
    ['2022-01-07T10:16:40.480073+0000', '2022-01-07T10:16:40.480Z'],
    ['2022-01-07T17:16:40.480073+0700', '2022-01-07T10:16:40.480Z'],
    ['2022-01-07T17:16:40+07:00', '2022-01-07T10:16:40.000Z'],
    ['1970-01-01T00:00:00.000000Z', '1970-01-01T00:00:00.000Z'],
    // without an offset it is the sensor's local time
    ['2022-01-07T17:16:40.5', '2022-01-07T10:16:40.500Z'],
  ])('reads %s', (text, instant) => expect(readTimestamp(text)).toBe(Date.parse(instant)));

  it.each(['', '2022-13-07T10:16:40Z', '2022-02-30T10:16:40', '01/07/2022-10:16:40', 5])('does not read %j', (text) =>
    expect(readTimestamp(text)).toBeUndefined(),
  );
});

describe('the elements of an array of records', () => {
  it('are the very texts that were sent', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (values, spacing) => {
        const elements = sliceArray(JSON.stringify(values, undefined, spacing));
        expect(elements.map((element): unknown => JSON.parse(element))).toEqual(
          values.map((value): unknown => JSON.parse(JSON.stringify(value))),
        );
      }),
    );
    expect(sliceArray('[ {"flow_id": 18446744073709551615} ,\n{"a":"],\\"[{"}]')).toEqual([
      '{"flow_id": 18446744073709551615}',
      '{"a":"],\\"[{"}',
    ]);
  });
});
