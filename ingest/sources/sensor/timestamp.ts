import { localInstant } from '../../pipeline/local-time.ts';

const FORM = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The instant of a record's `timestamp` (epoch ms), in every form that Suricata writes: `2022-01-07T10:16:40.480073+0000`, with a colon in the offset, with `Z`,
 * or without an offset, which is the sensor's local time. Undefined when it is none of these.
 */
export function readTimestamp(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', offset] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}`;
  if (offset === undefined) return localInstant(wall);
  const instant = Date.parse(`${wall}${offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset}`);
  return Number.isNaN(instant) ? undefined : instant;
}
