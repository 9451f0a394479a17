import { z } from 'zod';
import { DATE_FORMATS } from './import-mapping.ts';

/** The steps into a JSON value: `data.pm25`, `sensors[0].value`, `[1]`; `$` is the value itself. */
const PathSchema = z
  .string()
  .max(500)
  .regex(
    /^(\$|(\[\d{1,6}\]|[^.[\]$\s][^.[\]]*)(\.[^.[\]\s][^.[\]]*|\[\d{1,6}\])*)$/,
    'is no path such as data.pm25 or sensors[0].value',
  );

const MetricNameSchema = z
  .string()
  .max(128)
  .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)+$/, 'is no name such as air.pm25');

/** Where something stands: a column of a table (by its name), a path into a record, a level of the topic (from 1), or nowhere: a text that always holds. */
export const FieldSchema = z
  .strictObject({
    column: z.string().min(1).max(200).optional(),
    path: PathSchema.optional(),
    topic: z.int().min(1).max(64).optional(),
    text: z.string().min(1).max(200).optional(),
    /** What the words of the source mean; a word that is not here is refused. */
    words: z.record(z.string(), z.string().min(1).max(200)).optional(),
  })
  .refine(
    ({ column, path, topic, text }) => [column, path, topic, text].filter((way) => way !== undefined).length === 1,
    'has to name one of column, path, topic and text',
  );
export type Field = z.output<typeof FieldSchema>;

/** One value of a record. */
const RuleSchema = z
  .strictObject({
    /** What is measured: a name, or where the record says it, with the words for it. */
    metric: MetricNameSchema.optional(),
    metric_from: FieldSchema.optional(),
    value: FieldSchema,
    /** As UCUM text, after `scale` and `offset`. */
    value_unit: z.string().min(1).max(32),
    scale: z.number().default(1),
    offset: z.number().default(0),
    /** The least and the most that can be: what lies outside is refused, not stored. */
    limits: z.tuple([z.number(), z.number()]).optional(),
    /** Codes that stand for "no value", beside those of the mapping. */
    missing: z.array(z.union([z.number(), z.string()])).default([]),
    place: FieldSchema.optional(),
  })
  .superRefine(({ metric, metric_from, limits, scale }, context) => {
    if ((metric === undefined) === (metric_from === undefined))
      context.addIssue({ code: 'custom', path: ['metric'], message: 'has to be there, or metric_from' });
    if (metric_from && !metric_from.words)
      context.addIssue({ code: 'custom', path: ['metric_from'], message: 'has no words that say which metrics' });
    for (const [word, name] of Object.entries(metric_from?.words ?? {}))
      if (!MetricNameSchema.safeParse(name).success)
        context.addIssue({
          code: 'custom',
          path: ['metric_from', 'words', word],
          message: 'is no name such as air.pm25',
        });
    if (limits && limits[0] > limits[1])
      context.addIssue({ code: 'custom', path: ['limits'], message: 'has its most before its least' });
    if (scale === 0) context.addIssue({ code: 'custom', path: ['scale'], message: 'makes 0 of every value' });
  });
export type ReadingRule = z.output<typeof RuleSchema>;

/** How moments may be written. Without an offset they are local to the province. `epoch_s` and `epoch_ms` count from 1970. */
const TIME_FORMATS = ['iso', 'epoch_s', 'epoch_ms', ...DATE_FORMATS] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** How a record of a source becomes readings: one record may hold many. What it does not hold gives none; what says "no value" is missing. */
export const ReadingMappingSchema = z.strictObject({
  /** Where the list of records stands in a document. A document that is a list is one already. */
  records: PathSchema.optional(),
  /** When it was measured; texts of several fields are put together with a space. The reception when absent. */
  time: z.strictObject({ from: z.array(FieldSchema).min(1), formats: z.array(z.enum(TIME_FORMATS)).min(1) }).optional(),
  /** What the series is of, where a unit has several of one metric; the place when absent. */
  subject: FieldSchema.optional(),
  place: FieldSchema.optional(),
  /** Code, name or alias of the unit; that of the feed when absent. */
  unit: FieldSchema.optional(),
  /** What stands between the whole and the fraction of numbers that are written as text. */
  decimal: z.enum(['.', ',']).default('.'),
  /** Codes that stand for "no value": `-200`, `NaN`, empty. */
  missing: z.array(z.union([z.number(), z.string()])).default([]),
  readings: z.array(RuleSchema).min(1),
});
export type ReadingMapping = z.output<typeof ReadingMappingSchema>;

/** Every field of a mapping, with the path at which it stands. */
export function fieldsOf(mapping: ReadingMapping): { field: Field; at: (string | number)[] }[] {
  const named = (field: Field | undefined, ...at: (string | number)[]) => (field ? [{ field, at }] : []);
  return [
    ...(mapping.time?.from ?? []).flatMap((field, index) => named(field, 'time', 'from', index)),
    ...named(mapping.subject, 'subject'),
    ...named(mapping.place, 'place'),
    ...named(mapping.unit, 'unit'),
    ...mapping.readings.flatMap(({ metric_from, value, place }, index) => [
      ...named(metric_from, 'readings', index, 'metric_from'),
      ...named(value, 'readings', index, 'value'),
      ...named(place, 'readings', index, 'place'),
    ]),
  ];
}
