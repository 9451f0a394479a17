import type { ReadingMapping, ReadingRule } from '../../schema/reading-mapping.ts';
import { createFieldReader, createPathReader, createTextReader, type MappedRecord, type TextRead } from './field.ts';
import { createMomentReader } from './moment.ts';
import { createValueReader } from './value.ts';

/** A reading as a record says it. */
export interface MappedReading {
  metric: string;
  /** Null: the sensor reported and had none. */
  value: number | null;
  value_unit: string;
  place: string;
  /** What the series is of, where a unit has several of one metric. */
  subject: string;
  /** As the record writes it; empty when it names none. */
  unit: string;
  /** Epoch ms; undefined where the mapping names no time. */
  observed_at: number | undefined;
}

/** What a record gives. A fault beside readings says what of it could not be taken. */
export interface MappedReadings {
  readings: MappedReading[];
  faults: string[];
}

/** Most records in one document: a document is read in one go, and others have to have their turn. */
const MOST_RECORDS = 10_000;

/** The records of a document: those of its list, or itself; undefined where there is no list at the path, or one that is too long. */
export function createRecordLister(
  records: string | undefined,
  most = MOST_RECORDS,
): (document: unknown) => readonly unknown[] | undefined {
  const read = createPathReader(records ?? '$');
  return (document) => {
    const found = read(document);
    const list: readonly unknown[] | undefined = Array.isArray(found)
      ? found
      : records === undefined
        ? [found]
        : undefined;
    return list && list.length <= most ? list : undefined;
  };
}

/** Makes the map of records to readings. Pure: the same record always gives the same. It never throws. */
export function createMapRecord(mapping: ReadingMapping): (record: MappedRecord) => MappedReadings {
  const readMoment = createMomentReader(mapping.time);
  const readSubject = createTextReader(mapping.subject, 'subject');
  const readPlace = createTextReader(mapping.place, 'place');
  const readUnit = createTextReader(mapping.unit, 'unit');
  const rules = mapping.readings.map((rule) => createRule(rule, mapping));
  return function mapRecord(record) {
    const moment = readMoment(record);
    const [subject, place, unit] = [readSubject(record), readPlace(record), readUnit(record)];
    if ('reason' in moment) return refused(moment.reason);
    for (const text of [subject, place, unit]) if ('reason' in text) return refused(text.reason);
    const readings: MappedReading[] = [];
    const faults: string[] = [];
    for (const rule of rules) {
      const read = rule(record);
      if (read === undefined) continue;
      if ('reason' in read) {
        faults.push(read.reason);
        continue;
      }
      const at_place = read.place ?? textOf(place);
      const series = textOf(subject) || at_place;
      readings.push({ ...read, place: at_place, subject: series, unit: textOf(unit), observed_at: moment.at });
    }
    if (readings.length === 0 && faults.length === 0) return refused('holds none of the values of the mapping');
    return { readings, faults };
  };
}

const refused = (reason: string): MappedReadings => ({ readings: [], faults: [reason] });
const textOf = (read: TextRead): string => ('text' in read ? read.text : '');

type RuleRead = Pick<MappedReading, 'metric' | 'value' | 'value_unit'> & { place: string | undefined };

/** A rule as a function: undefined where the record does not speak of its value. */
function createRule(
  rule: ReadingRule,
  mapping: ReadingMapping,
): (record: MappedRecord) => RuleRead | { reason: string } | undefined {
  const { value_unit } = rule;
  const readRaw = createFieldReader(rule.value);
  const readValue = createValueReader({
    ...rule,
    decimal: mapping.decimal,
    missing: [...mapping.missing, ...rule.missing],
  });
  const readMetric = createTextReader(rule.metric_from, 'metric');
  const readPlace = rule.place && createTextReader(rule.place, 'place');
  return (record) => {
    const read = readValue(readRaw(record));
    if ('value' in read && read.value === undefined) return undefined;
    const metric = rule.metric === undefined ? readMetric(record) : { text: rule.metric };
    const place = readPlace?.(record);
    if ('reason' in metric) return metric;
    if (metric.text === '') return { reason: 'metric: is not named' };
    if (place && 'reason' in place) return place;
    if ('reason' in read) return { reason: `${metric.text}: ${read.reason}` };
    return { metric: metric.text, value: read.value ?? null, value_unit, place: place?.text };
  };
}
