import { localInstant } from '../../pipeline/local-time.ts';
import type { DateFormat } from '../../schema/import-mapping.ts';
import type { ReadingMapping, TimeFormat } from '../../schema/reading-mapping.ts';
import { createDateReader } from '../file/dates.ts';
import { createFieldReader, type MappedRecord } from './field.ts';

/** A moment that was read, epoch ms; undefined where the mapping names none; or why there is none. */
export type MomentRead = { at: number | undefined } | { reason: string };

const ISO = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?$/;
const UNITS_MS = { epoch_s: 1_000, epoch_ms: 1 } as const;

/** Makes the reader of the moment of a record. Texts without an offset are local to the province. */
export function createMomentReader(time: ReadingMapping['time']): (record: MappedRecord) => MomentRead {
  if (!time) return () => ({ at: undefined });
  const fields = time.from.map(createFieldReader);
  const readers = readersOf(time.formats);
  return (record) => {
    const parts = fields.map((read) => read(record));
    if (!parts.every((part) => typeof part === 'string' || typeof part === 'number'))
      return { reason: 'time: is missing' };
    const text = parts.join(' ').trim();
    for (const read of readers) {
      const at = read(text);
      if (at !== undefined && Number.isFinite(at)) return { at };
    }
    return { reason: `time: is no moment; read are ${time.formats.join(', ')}` };
  };
}

type ReadText = (text: string) => number | undefined;

function readersOf(formats: readonly TimeFormat[]): ReadText[] {
  return formats.map((format) => {
    if (format === 'iso') return fromIso;
    if (format === 'epoch_s' || format === 'epoch_ms')
      return (text) =>
        /^-?\d{1,14}(\.\d{1,9})?$/.test(text) ? Math.round(Number(text) * UNITS_MS[format]) : undefined;
    return fromDate(format);
  });
}

function fromIso(text: string): number | undefined {
  const [, day = '', minutes = '', seconds = '00', fraction = '', zone] = ISO.exec(text) ?? [];
  const local = localInstant(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}`);
  if (local === undefined || zone === undefined) return local;
  const hours = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  return Date.parse(`${day}T${minutes}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${hours}`);
}

function fromDate(format: DateFormat): ReadText {
  const read = createDateReader([format]);
  return (text) => {
    const stamp = read(text)?.stamp;
    if (stamp === undefined) return undefined;
    const [, day, hour, minute, second] = /^(.{8})(..)(..)(..)$/.exec(stamp) ?? [];
    return localInstant(
      `${day?.replace(/^(.{4})(..)(..)$/, '$1-$2-$3') ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}`,
    );
  };
}
