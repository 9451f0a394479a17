import { z } from 'zod';
import { FieldSchema, fieldsOf, ReadingMappingSchema, type ReadingMapping } from './reading-mapping.ts';
import { TextSchema } from './unit-tree.ts';

/** What every feed says of itself. */
const common = {
  name: TextSchema,
  /** The source that its events belong to. */
  source: z.string().min(1).max(256),
  /** The unit that it watches or speaks for, where a record names none: code, alias or name. The whole province when absent. */
  unit: z.string().min(1).max(64).optional(),
  /** False: checked, and not fetched. */
  enabled: z.boolean().default(true),
};

/** The formats that a sensor's log may be in. */
export const SENSOR_FORMATS = ['eve', 'wazuh', 'zeek'] as const;
export type SensorFormatName = (typeof SENSOR_FORMATS)[number];

/** A log that a sensor on this machine writes, a JSON record a line: read as it grows, through rotation and truncation. */
export const TailFeedSchema = z.strictObject({
  kind: z.literal('tail'),
  ...common,
  /** The file that is written now; rotated ones are looked for beside it. */
  path: z.string().min(1).max(4096).regex(/^\//, 'is no absolute path'),
  format: z.enum(SENSOR_FORMATS),
});
export type TailFeed = z.output<typeof TailFeedSchema>;

/** Names an environment variable that holds a secret: files hold none. By its beginning the supervisor knows that only the collector may have it. */
const VariableSchema = z
  .string()
  .max(128)
  .regex(/^FEED_[A-Z0-9_]+$/, 'is no name of a variable of feeds: FEED_ and capital letters');

/** Topics with `+` for one level and `#` for all that follow. */
const TopicSchema = z
  .string()
  .max(400)
  .regex(/^(?:(?:[^+#/\0]*|\+)\/)*(?:[^+#/\0]*|\+|#)$/, 'is no topic: + stands for a whole level, # for the last ones')
  .min(1);

/** Refuses fields that a feed of this kind cannot have: `levels` is how many levels its topics surely have. */
function checkFields(mapping: ReadingMapping, levels: number, context: z.RefinementCtx): void {
  for (const { field, at } of fieldsOf(mapping))
    if (field.topic !== undefined && field.topic > levels)
      context.addIssue({
        code: 'custom',
        path: ['mapping', ...at, 'topic'],
        message: levels === 0 ? 'is for feeds of MQTT' : `names a level that not every topic of the feed has`,
      });
}

const levelsOf = (topic: string): number =>
  topic.endsWith('#') ? topic.split('/').length - 1 : topic.split('/').length;

/** A broker of MQTT: readings by topic. */
export const MqttFeedSchema = z
  .strictObject({
    kind: z.literal('mqtt'),
    ...common,
    url: z.url({ protocol: /^mqtts?$/ }),
    topics: z.array(TopicSchema).min(1),
    /** By which the broker knows the session, and keeps for it what comes while nobody is there; made of the feed's name when absent. */
    client_id: z
      .string()
      .max(64)
      .regex(/^[\w.-]+$/)
      .optional(),
    username_env: VariableSchema.optional(),
    password_env: VariableSchema.optional(),
    mapping: ReadingMappingSchema,
  })
  .superRefine(({ topics, mapping }, context) => {
    checkFields(mapping, Math.min(...topics.map(levelsOf)), context);
  });
export type MqttFeed = z.output<typeof MqttFeedSchema>;

/** What is read again after a kill is known by its time, so it has to have one. */
function checkTimed(mapping: ReadingMapping, context: z.RefinementCtx): void {
  checkFields(mapping, 0, context);
  if (!mapping.time)
    context.addIssue({
      code: 'custom',
      path: ['mapping', 'time'],
      message: 'has to be there: what is read twice is known by it',
    });
}

/** A list over HTTP that is asked for again and again. */
export const PollFeedSchema = z
  .strictObject({
    kind: z.literal('poll'),
    ...common,
    url: z.url({ protocol: /^https?$/ }),
    format: z.enum(['json', 'csv']),
    every_s: z.number().min(1).max(86_400),
    timeout_s: z.number().min(1).max(300).default(20),
    /** Most that an answer may hold, in MiB. */
    most_mib: z.number().positive().max(64).default(8),
    /** Headers, by the environment variables that hold them: `Authorization: AIR_TOKEN`. */
    headers_env: z.record(z.string().regex(/^[\w-]+$/), VariableSchema).default({}),
    /** A parameter of the address that says from where on: the largest value of a field so far, as a number where both are numbers, else as text. */
    cursor: z
      .strictObject({
        parameter: z.string().min(1).max(100),
        field: FieldSchema,
        first: z.string().max(200).optional(),
      })
      .optional(),
    mapping: ReadingMappingSchema,
  })
  .superRefine(({ mapping }, context) => checkTimed(mapping, context));
export type PollFeed = z.output<typeof PollFeedSchema>;

/** A folder that files are dropped into: CSV (`.csv`) and JSON lines (`.jsonl`, `.ndjson`). */
export const FolderFeedSchema = z
  .strictObject({
    kind: z.literal('folder'),
    ...common,
    path: z.string().min(1).max(4096).regex(/^\//, 'is no absolute path'),
    /** A file is whole when it has not changed for so long. */
    settle_s: z.number().min(0.1).max(3_600).default(5),
    /** Most that a file may hold, in MiB. */
    most_mib: z.number().positive().max(256).default(64),
    mapping: ReadingMappingSchema,
  })
  .superRefine(({ mapping }, context) => checkTimed(mapping, context));
export type FolderFeed = z.output<typeof FolderFeedSchema>;

/** `feeds/<name>.yaml`: something that the collector fetches by itself. */
export const FeedSchema = z.discriminatedUnion('kind', [
  TailFeedSchema,
  MqttFeedSchema,
  PollFeedSchema,
  FolderFeedSchema,
]);
export type Feed = z.output<typeof FeedSchema>;

/** A feed whose records become readings by a mapping. */
export type ReadingFeed = MqttFeed | PollFeed | FolderFeed;
