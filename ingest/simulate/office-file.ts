import { z } from 'zod';
import { UNIT_TYPES } from '../schema/unit-tree.ts';

/** Where a figure is told of: the province itself, or every unit of some types; where there are no districts, the communes are told of in their place. */
const AtSchema = z.union([z.literal('root'), z.array(z.enum(UNIT_TYPES)).min(1)]).default('root');

const TOLD = {
  at: AtSchema,
  /** Names of what it is told of at each of those units: ministries, databases, projects. One series without a name when absent. */
  places: z.array(z.string().min(1)).optional(),
  /** Size of a mean unit or place. Of a count: in an hour of full work. */
  base: z.number().min(0).optional(),
  /** Instead of `base`: so much of another measure of this file, at the same unit and place, at the same instant. */
  of: z.string().optional(),
  share: z.number().min(0).max(2).default(1),
  /** By how much units and places differ from each other for good, as a share of the value. */
  spread: z.number().min(0).max(1).default(0.3),
  /** By how much a value differs from the one before, as a share of it. */
  noise: z.number().min(0).max(2).default(0.1),
  digits: z.int().min(0).max(3).default(0),
};

/** One measure as it is told: `document.out`. What it counts or gauges is in dashboards/measures. */
const ToldMeasureSchema = z.strictObject({
  ...TOLD,
  kind: z.enum(['gauge', 'count']),
  /** How much of it follows the offices' day: 1 all (nothing at night), 0 none. */
  busy: z.number().min(0).max(1).default(0),
  value_unit: z.string().default('1'),
  /** Exceptions that are there to be found: a unit code or a place, and by what its value is multiplied (0: none) or `null`: it says nothing. */
  except: z.record(z.string(), z.number().min(0).nullable()).default({}),
});

/** Which period an entry is of, from the instant that is simulated; or a period itself (`2025`). */
const EntryPeriodSchema = z.union([
  z.enum(['last_year', 'this_year', 'last_quarter', 'last_month', 'this_month']),
  z.string().regex(/^\d{4}(-H[12]|-Q[1-4]|-\d{2}(-\d{2})?)?$/),
]);

/** A figure that somebody states by hand. */
const StatedSchema = z.strictObject({
  metric: z.string(),
  at: AtSchema,
  periods: z.array(EntryPeriodSchema).min(1),
  /** One value a period, in their order; of units, the mean one. */
  values: z.array(z.number()).min(1),
  spread: z.number().min(0).max(1).default(0),
  digits: z.int().min(0).max(3).default(0),
  /** Values of certain units. */
  except: z.record(z.string(), z.number().nullable()).default({}),
  actor: z.string(),
  note: z.string().default(''),
});

const FileSchema = z.strictObject({
  source: z.string().min(1),
  every_min: z.int().min(1).max(1440).default(60),
  measures: z.record(z.string().regex(/^[a-z0-9_]+\.[a-z0-9_]+$/), ToldMeasureSchema).default({}),
  states: z.array(StatedSchema).default([]),
});
type WrittenFile = z.output<typeof FileSchema>;

/** Says what of a file does not fit together. */
function checkFile(file: WrittenFile, fault: (path: (string | number)[], message: string) => void): void {
  for (const [metric, { kind, base, of }] of Object.entries(file.measures)) {
    const whole = of === undefined ? undefined : file.measures[of];
    if ((base === undefined) === (of === undefined)) fault(['measures', metric], 'needs `base` or `of`, and not both');
    else if (of !== undefined && !whole) fault(['measures', metric, 'of'], 'is no measure of this file');
    else if (whole && (whole.of !== undefined || whole.kind !== kind))
      fault(['measures', metric, 'of'], 'must be a measure of the same kind that has a `base`');
  }
  for (const [n, { periods, values }] of file.states.entries())
    if (periods.length !== values.length) fault(['states', n, 'values'], 'must be as many as the periods');
}

/**
 * What an office system tells, `ingest/simulate/offices/<name>.yaml`: readings every `every_min` minutes, and figures that people state. The sizes
 * follow the articles where they quote any.
 */
export const OfficeFileSchema = FileSchema.superRefine((file, context) =>
  checkFile(file, (path, message) => context.addIssue({ code: 'custom', path, message })),
);
export type OfficeFile = z.output<typeof OfficeFileSchema>;
export type ToldMeasure = OfficeFile['measures'][string];
export type Stated = OfficeFile['states'][number];
export type StatedPeriod = Stated['periods'][number];
