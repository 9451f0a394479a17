import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { OfficeFileSchema, type OfficeFile } from './office-file.ts';

const share = z.number().min(0).max(1);
const positive = z.number().positive();

/** The three levels at which dossiers are handled. */
export const LEVELS = ['department', 'district', 'commune'] as const;
export type Level = (typeof LEVELS)[number];

const UnitHabitSchema = z.strictObject({
  /** Share of the work of its level, against its siblings. */
  weight: positive.optional(),
  /** Share of its dossiers that are late. */
  late: share,
  /** Mean lateness, working days. */
  overrun_days: positive,
});

/** How the simulated province behaves: `behaviour.yaml`. */
export const BehaviourSchema = z.strictObject({
  dossiers: z.strictObject({
    per_working_day: positive,
    off_day: share,
    weekdays: z.array(positive).length(7),
    after_break: positive,
    noise: share,
    desk_curve: z.array(positive).length(8),
    online_curve: z.array(positive).length(24),
    post: share,
    early: share,
    rejected: share,
    withdrawn: share,
    supplement: share,
    payment: share,
    stuck: share,
    named: share,
    levels: z.record(z.enum(LEVELS), z.strictObject({ share, online: share })),
  }),
  units: z.record(z.string(), UnitHabitSchema),
  default_unit: UnitHabitSchema,
  /** By unit code: how many dossiers more than it sent it says that it received in a day. */
  misstated: z.record(z.string(), z.int()),
  links: z.strictObject({
    total: z.int().positive(),
    sample_s: z.int().positive(),
    faults_per_day: z.number().min(0),
    fault_minutes: positive,
    poor_hours: share,
    ring_cuts_per_day: z.number().min(0),
    ring_minutes: positive,
  }),
  security: z.strictObject({
    alerts_per_day: positive,
    local_share: share,
    odd_share: share,
    records_per_day: positive,
    bursts_per_day: z.number().min(0),
    burst_factor: positive,
  }),
  opening: z.strictObject({
    cuts: z.array(z.strictObject({ ring: z.string(), starts: z.number(), lasts: positive })),
    silences: z.array(z.strictObject({ unit: z.string(), starts: z.number(), lasts: positive })),
  }),
});
export type Behaviour = z.infer<typeof BehaviourSchema>;

const ProceduresSchema = z.strictObject({
  fields: z.record(z.string(), z.strictObject({ name: z.string(), holders: z.array(z.string()).min(1) })),
  procedures: z.array(
    z.strictObject({
      code: z.string().regex(/^\d\.\d{6}$/),
      name: z.string(),
      field: z.string(),
      level: z.enum(LEVELS),
      limit_days: positive,
      weight: positive,
      fee: z.int().positive().optional(),
      /** Kind of applicant, 1 citizen or 2 business. @default 1 */
      applicant: z.union([z.literal(1), z.literal(2)]).default(1),
      /** Parts of the names of the departments that handle it. */
      offices: z.array(z.string()).optional(),
    }),
  ),
});

/** One procedure with the name of its field and the departments that a dossier passes through. */
export interface Procedure {
  code: string;
  name: string;
  field: string;
  field_name: string;
  holders: readonly string[];
  level: Level;
  limit_days: number;
  weight: number;
  fee?: number;
  applicant: 1 | 2;
  offices?: readonly string[];
}

const SignaturesSchema = z.strictObject({
  signatures: z
    .array(
      z.strictObject({
        sid: z.int().positive(),
        name: z.string(),
        category: z.string(),
        severity: z.int().min(1).max(4).optional(),
        weight: positive,
        port: z.int().positive(),
        proto: z.enum(['TCP', 'UDP']).default('TCP'),
        from: z.enum(['inside', 'outside']),
        /** It is what a burst is made of. */
        burst: z.boolean().default(false),
      }),
    )
    .min(1),
});
export type Signature = z.infer<typeof SignaturesSchema>['signatures'][number];

/** Everything that the files beside this one say. */
export interface Habits {
  behaviour: Behaviour;
  procedures: readonly Procedure[];
  signatures: readonly Signature[];
  /** What office systems tell. */
  offices: readonly OfficeFile[];
}

/** Reads `behaviour.yaml`, `procedures.yaml`, `signatures.yaml` and `offices/*.yaml`. Throws an Error that names the file and what is wrong in it. */
export async function loadHabits(): Promise<Habits> {
  const folder = import.meta.dirname;
  const { fields, procedures } = await readYaml(join(folder, 'procedures.yaml'), ProceduresSchema);
  return {
    behaviour: await readYaml(join(folder, 'behaviour.yaml'), BehaviourSchema),
    procedures: procedures.map((procedure) => {
      const field = fields[procedure.field];
      if (!field) throw new Error(`procedures.yaml: ${procedure.code} has an unknown field ${procedure.field}`);
      return { ...procedure, field_name: field.name, holders: field.holders };
    }),
    signatures: (await readYaml(join(folder, 'signatures.yaml'), SignaturesSchema)).signatures,
    offices: await loadOffices(join(folder, 'offices')),
  };
}

/** Files in the order of their names, so that the province is the same wherever it is read. */
async function loadOffices(folder: string): Promise<OfficeFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(names.map((name) => readYaml(join(folder, name), OfficeFileSchema)));
}

/** Reads a YAML file against a schema. Throws an Error that names the file and every fault. */
export async function readYaml<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(parse(await readFile(file, 'utf8')));
  if (!result.success) throw new Error(`${file}:\n${z.prettifyError(result.error)}`);
  return result.data;
}
