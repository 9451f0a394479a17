import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';

/** Severities by name, as rules write them: Thấp, Trung bình, Cao, Nghiêm trọng. */
export const SEVERITY_NAMES = ['low', 'medium', 'high', 'critical'] as const;
export type SeverityName = (typeof SEVERITY_NAMES)[number];

/** What alerts are about: what the inbox and the statistics are sorted by. */
export const ALERT_DOMAINS = [
  'dossier',
  'centre',
  'network',
  'datacenter',
  'security',
  'city',
  'source',
  'wall',
  'product',
] as const;

const DURATION = /^(?:0|\d+(?:ms|s|m|h|d))$/;
const UNITS_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A length of time as people write it: `30s`, `5m`, `2h`, `1d`, `0`; milliseconds when read. */
export const DurationSchema = z
  .string()
  .regex(DURATION, 'is not a length of time: a whole number and ms, s, m, h or d')
  .transform((text) => Number.parseInt(text, 10) * (UNITS_MS[text.replace(/\d+/, '')] ?? 1));

const column = z.string().regex(/^[a-z][a-z0-9_]*$/);
const limit = z.number().optional();

/** One step of severity: the row's column lies on the bad side of a limit. Without a limit each row is one. */
export const StepSchema = z.strictObject({
  severity: z.enum(SEVERITY_NAMES),
  /** @default the rule's `value` */
  column: column.optional(),
  above: limit,
  at_least: limit,
  below: limit,
  at_most: limit,
  equals: limit,
});
export type SeverityStep = z.output<typeof StepSchema>;

/** A written series and what must become of it. One value an evaluation: a number, `_` for no row, `x` for a failed query; `5x3` is 5 three times. */
const TestSchema = z.strictObject({
  name: z.string().min(1),
  /** Time from one evaluation to the next. @default the rule's `every` */
  every: DurationSchema.optional(),
  /** When the first evaluation is, as local time; needed where the schedule matters. */
  from: z.string().optional(),
  /** By instance, `unit=H49.02,link=a`; empty for a rule without `by`. Other columns than the value are given as `column=…` too. */
  series: z.record(z.string(), z.string()),
  /** By instance: the state after each evaluation, `normal pending firing recovering no_data error`; `firing x3` is firing three times. */
  states: z.record(z.string(), z.string()),
  /** By instance, the severity when it first fires. */
  severity: z.record(z.string(), z.enum(SEVERITY_NAMES)).optional(),
});
export type RuleTest = z.output<typeof TestSchema>;

/** A rule file `alerts/<id>.yaml`: when something is wrong, how wrong, what it costs and what to do. */
export const AlertRuleSchema = z.strictObject({
  name: TextSchema,
  /** One line for the wall; `{value}`, `{text}`, `{unit}` (its name) and labels are filled in. */
  summary: TextSchema,
  /** Why it matters, in one or two sentences. */
  description: TextSchema,
  /** What whoever is on duty does, step by step. */
  runbook: z.strictObject({ vi: z.array(z.string().min(1)).min(1), en: z.array(z.string().min(1)).min(1) }),
  domain: z.enum(ALERT_DOMAINS),
  /** A query of queries/, with its parameters. One row an instance. */
  query: z.string().min(1),
  params: z.record(column, z.union([z.number(), z.string()])).default({}),
  /** Rows that are looked at: columns that have these values. */
  where: z.record(column, z.union([z.number(), z.string()])).default({}),
  /** Columns that tell one instance from another; they are labels of its alerts. */
  by: z.array(column).default([]),
  /** Column of the unit concerned; without it, the province's. */
  unit: column.optional(),
  /** Column that is compared and shown. */
  value: column.default('value'),
  /** Column that names what it is about. */
  text: column.optional(),
  /** How the value is written. */
  shown: z.strictObject({ unit: TextSchema, decimals: z.int().min(0).max(3).default(0) }).optional(),
  /** From the gravest: the first that is true is the severity; none: normal. */
  when: z.array(StepSchema).min(1),
  /** How long it must hold before it fires, and is kept firing after it ceases to. */
  for: DurationSchema,
  keep_firing_for: DurationSchema.default(0),
  /** Longest time from one evaluation to the next; new events are looked at sooner. */
  every: DurationSchema.default(60_000),
  /** What an instance whose row is no longer there is: normal, as it was, or an alert of its own. */
  no_data: z.enum(['normal', 'keep', 'alert']).default('normal'),
  /** What a query that fails means: everything stays as it was, or an alert of its own besides. */
  error: z.enum(['keep', 'alert']).default('alert'),
  /** When it is evaluated: outside of it everything stays as it was. */
  schedule: z.enum(['always', 'working']).default('always'),
  labels: z.record(column, z.string().max(128)).default({}),
  /** An escalation of escalations/, where another than that of its route is meant. */
  escalation: z.string().min(1).optional(),
  /** The page of its records, `{unit}` and labels filled in. */
  opens: z.string().startsWith('/').optional(),
  tests: z.array(TestSchema).min(1),
});
export type WrittenAlertRule = z.input<typeof AlertRuleSchema>;
export type AlertRule = z.output<typeof AlertRuleSchema>;
