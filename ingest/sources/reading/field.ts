import type { Field } from '../../schema/reading-mapping.ts';

/** A record, and the topic that it came on; empty where there are none. */
export interface MappedRecord {
  value: unknown;
  topic: string;
}

/** Reads a value at a path of a JSON value; undefined where it leads nowhere. */
export function createPathReader(path: string): (value: unknown) => unknown {
  const steps = path === '$' ? [] : Array.from(path.matchAll(/[^.[\]]+/g), ([step]) => step);
  return (value) => steps.reduce(stepInto, value);
}

function stepInto(value: unknown, step: string): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return /^\d+$/.test(step) ? items[Number(step)] : undefined;
  }
  // own properties only: a record must not reach into what all objects have
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  const own: unknown = Reflect.get(value, step);
  return own;
}

/** Reads what a field names: a JSON value as it stands; undefined where the record has none. Words are not looked up. */
export function createFieldReader(field: Field): (record: MappedRecord) => unknown {
  const { column, path, topic, text } = field;
  if (text !== undefined) return () => text;
  if (column !== undefined) return ({ value }) => stepInto(value, column);
  if (topic !== undefined) return (record) => record.topic.split('/')[topic - 1];
  const read = createPathReader(path ?? '$');
  return ({ value }) => read(value);
}

/** A text that was read, or why there is none to go by. */
export type TextRead = { text: string } | { reason: string };

/** Longest text that names a place, a unit or a series, in characters. */
const LONGEST = 200;

/** Reads a text by a field; an empty one where the record has none. Numbers are texts here: stations are often numbered. */
export function createTextReader(field: Field | undefined, what: string): (record: MappedRecord) => TextRead {
  if (!field) return () => ({ text: '' });
  const read = createFieldReader(field);
  const words = field.words && new Map(Object.entries(field.words));
  return (record) => {
    const value = read(record);
    if (value === undefined || value === null) return { text: '' };
    if (typeof value !== 'string' && typeof value !== 'number') return { reason: `${what} is no text` };
    const text = String(value).trim();
    if (text.length > LONGEST) return { reason: `${what} is longer than ${LONGEST} characters` };
    if (!words) return { text: text.replace(/\p{Surrogate}/gu, '\uFFFD') };
    const meant = words.get(text);
    return meant === undefined ? { reason: `${what} is none of the words of the mapping` } : { text: meant };
  };
}
