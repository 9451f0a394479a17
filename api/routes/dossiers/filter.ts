import { z } from 'zod';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { WrittenQuery } from '#dashboards/schema/query.ts';
import type { Apology, Chased, DueAge } from '../../contract-dossiers.ts';
import type { Params } from '../../store.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { DOSSIER_GROUPS, isEndedGroup, outcomesOf } from './outcome-groups.ts';
import { searchText } from './search-text.ts';

/** Ages by the promise, the worst first; filter.sql reckons them. */
export const DUE_AGES = [
  'late_31d',
  'late_16_30d',
  'late_8_15d',
  'late_4_7d',
  'late_1_3d',
  'due_24h',
  'due_3wd',
  'due_later',
  'no_due',
] as const satisfies readonly DueAge[];

/** Overdue dossiers by whether their applicant was sent a slip of apology. */
export const APOLOGIES = ['missing', 'sent'] as const satisfies readonly Apology[];

/** Dossiers by whether a chase about them is open. */
export const CHASED = ['open', 'none'] as const satisfies readonly Chased[];

/** Most dossiers that an address names: it has room for some thousand characters. */
export const MOST_IDS = 200;

const instant = z.iso.datetime({ offset: true }).optional();

/** The parameters by which a list or a summary is narrowed. */
export const FilterSchema = LensQuerySchema.extend({
  rule: z.enum(RULE_IDS).default('province').describe('the rule set by which dossiers are judged'),
  own: z.literal('1').optional().describe('only those of the unit itself, not of the units below it'),
  state: z.enum(DOSSIER_GROUPS).optional().describe('an outcome, or a sum of outcomes; all when absent'),
  procedure: z.string().min(1).max(64).optional(),
  field: z.string().min(1).max(64).optional(),
  channel: z
    .enum(['0', '1', '2', '3'])
    .transform(Number)
    .optional()
    .describe('1 at the desk, 2 online, 3 by post, 0 not said'),
  handler: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('code of the unit that handles it; `none` where none is known'),
  step: z.string().min(1).max(200).optional().describe('who holds the running step'),
  age: z.enum(DUE_AGES).optional().describe('open dossiers by how late they are, or how soon due'),
  apology: z.enum(APOLOGIES).optional().describe('overdue dossiers without a slip of apology, or with one'),
  chased: z.enum(CHASED).optional().describe('dossiers that a chase is open about, or none is'),
  ids: z
    .string()
    .max(8_000)
    .transform((ids) => ids.split(',').filter((id) => id !== ''))
    .refine((ids) => ids.length <= MOST_IDS, `at most ${MOST_IDS} numbers`)
    .optional()
    .describe('numbers of dossiers, with commas between; a number that has a comma itself is found by `q`'),
  q: z.string().max(200).optional().describe('words, without regard to case and diacritics'),
  accepted_from: instant,
  accepted_to: instant.describe('up to before this instant'),
  finished_from: instant,
  finished_to: instant.describe('up to before this instant'),
  due_from: instant,
  due_to: instant.describe('up to before this instant'),
});
export type Filter = z.output<typeof FilterSchema>;

/** The first and last instants that the store can tell: those of a DateTime64, epoch ms. */
const FIRST_INSTANT = Date.UTC(1900, 0, 1);
const LAST_INSTANT = Date.UTC(2300, 0, 1) - 1;

/** The parameters of filter.sql, as a query declares them. Instants are epoch ms; the first and the last one stand for "open". */
export const FILTER_PARAMS: NonNullable<WrittenQuery['params']> = {
  rule: { type: 'String', default: 'province', allowed: [...RULE_IDS] },
  outcomes: { type: 'String', default: '' },
  /** Whether all of the outcomes are of ended dossiers. */
  ended: { type: 'UInt8', default: 0, allowed: [0, 1] },
  own: { type: 'UInt8', default: 0, allowed: [0, 1] },
  procedure: { type: 'String', default: '' },
  field: { type: 'String', default: '' },
  channel: { type: 'Int32', default: -1 },
  handler: { type: 'String', default: '' },
  step: { type: 'String', default: '' },
  age: { type: 'String', default: '' },
  apology: { type: 'String', default: '', allowed: ['', ...APOLOGIES] },
  chased: { type: 'String', default: '', allowed: ['', ...CHASED] },
  q: { type: 'String', default: '' },
  /** A JSON array: a number may have a comma. */
  ids: { type: 'String', default: '[]' },
  three_days: { type: 'Float64', default: 0 },
  /** Up to when what was received counts, for what is recalled (ingest/clickhouse/recall.ts). */
  known: { type: 'Float64', default: 0 },
  accepted_from: { type: 'Float64', default: FIRST_INSTANT },
  accepted_to: { type: 'Float64', default: LAST_INSTANT },
  finished_from: { type: 'Float64', default: FIRST_INSTANT },
  finished_to: { type: 'Float64', default: LAST_INSTANT },
  due_from: { type: 'Float64', default: FIRST_INSTANT },
  due_to: { type: 'Float64', default: LAST_INSTANT },
};

/** Whether nothing but the unit, the instant, the rule and the group narrows it: then kept counts can answer. */
export function isPlain(filter: Filter): boolean {
  const wide = new Set<string>(['unit', 'at', 'known_at', 'rule', 'state']);
  return Object.keys(filter).every((name) => wide.has(name));
}

/** Ends of spans, as they are asked for and as parameters. */
const SPANS = ['accepted_from', 'accepted_to', 'finished_from', 'finished_to', 'due_from', 'due_to'] as const;

/** Working days within which a dossier is nearly due. */
const NEAR_DAYS = 3;

/** The values of the parameters. `at` is the instant looked at (epoch ms), `path` the path of the handler's unit, where one is asked for. */
export function filterParams(filter: Filter, at: number, time: WorkingTime, path: string | undefined): Params {
  return {
    rule: filter.rule,
    own: filter.own === undefined ? 0 : 1,
    outcomes: filter.state === undefined ? '' : outcomesOf(filter.state).join(','),
    ended: filter.state !== undefined && isEndedGroup(filter.state) ? 1 : 0,
    procedure: filter.procedure ?? '',
    field: filter.field ?? '',
    channel: filter.channel ?? -1,
    handler: filter.handler === 'none' ? 'none' : (path ?? ''),
    step: filter.step ?? '',
    age: filter.age ?? '',
    apology: filter.apology ?? '',
    chased: filter.chased ?? '',
    ids: JSON.stringify(filter.ids ?? []),
    q: searchText(filter.q ?? ''),
    three_days: time.addDays(at, NEAR_DAYS),
    ...Object.fromEntries(
      SPANS.flatMap((name) => (filter[name] === undefined ? [] : [[name, tellable(Date.parse(filter[name]))]])),
    ),
  };
}

function tellable(instant: number): number {
  return Math.min(Math.max(instant, FIRST_INSTANT), LAST_INSTANT);
}
