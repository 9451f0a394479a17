import { z } from 'zod';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** The groups of the catalogue. */
export const SYSTEM_GROUPS = ['dossiers', 'documents', 'network', 'security', 'centres'] as const;

/** How a system's word arrives: an entry of ingest, or people who type it in. */
export const ARRIVALS = [
  'dvcqg',
  'http',
  'syslog',
  'eve',
  'snmp',
  'probe',
  'mqtt',
  'poll',
  'folder',
  'import',
  'entry',
  'product',
] as const;

/** One event of an example, as CloudEvents have it; the test gives it an id and a time. */
const ExampleEventSchema = z.strictObject({
  type: z.string(),
  unit: z.string(),
  subject: z.string().optional(),
  /** How long before the figure is asked for it happened, in minutes. */
  minutes_ago: z.number().min(0).default(1),
  /** Of a dossier: how long after it happened is promised, in minutes. It becomes `due_at`. */
  due_minutes: z.number().optional(),
  data: z.record(z.string(), z.unknown()),
});

/** A cell of a panel's query, once the events of the example are stored. */
const ExampleCellSchema = z.strictObject({
  /** `board/panel`, one of the system's. */
  panel: z.string(),
  /** The role of the query in the panel. */
  role: z.string().default('main'),
  /** The unit whose panel it is; the province when absent. */
  scope: z.string().optional(),
  /** Cells that tell the row; the first row when absent. */
  row: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  column: z.string().default('value'),
  is: z.union([z.number(), z.string(), z.null()]),
});

/**
 * A system of the province, `systems/<number>-<name>.yaml`: something that provinces run or report, and how it works here from its source to a
 * panel. `npm run check -- --coverage` prints the table; docker/systems.db.test.ts runs each example through ingest, the log and the panel's query.
 */
export const SystemSchema = z.strictObject({
  number: z.int().min(1).max(999),
  name: TextSchema,
  group: z.enum(SYSTEM_GROUPS),
  /** The articles that name it. */
  seeds: z.array(z.enum(['S0', 'S1', 'S2', 'S3', 'S4'])).min(1),
  /** What they say of it. */
  quoted: TextSchema.optional(),
  /** Metrics of `metrics/` that say what its figures are. */
  metrics: z.array(z.string()).min(1),
  feed: z.strictObject({
    families: z.array(z.enum(FAMILY_NAMES)).min(1),
    by: z.array(z.enum(ARRIVALS)).min(1),
    /** The name of its source, whose silence is limited in `sources/`. */
    source: z.string().min(1),
    /** What its readings or entries measure: `document.out`. */
    carries: z.array(z.string()).default([]),
    /** A file of `feeds/` or `imports/` that reads it: `feeds/van-ban`. */
    file: z.string().optional(),
    /** Further sources of a system that has several, as a smart city has: each with what it carries. */
    others: z.array(z.strictObject({ source: z.string().min(1), carries: z.array(z.string()).min(1) })).default([]),
  }),
  /** Where it is shown: `board/panel`. */
  panels: z.array(z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)).min(1),
  example: z.strictObject({
    send: z.array(ExampleEventSchema).min(1),
    shows: z.array(ExampleCellSchema).min(1),
  }),
});
export type WrittenSystem = z.input<typeof SystemSchema>;
export type System = z.output<typeof SystemSchema>;
