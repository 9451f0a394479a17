import { z } from 'zod';
import type { EventRow } from './event.ts';

/** Types of the dossier family. The status that each implies when `data.status` is absent is in `IMPLIED_STATUS`. */
export const DOSSIER_TYPES = [
  'dossier.submitted',
  'dossier.received',
  'dossier.step',
  'dossier.paused',
  'dossier.resumed',
  'dossier.finished',
  'dossier.returned',
  'dossier.rejected',
  'dossier.withdrawn',
  'dossier.stopped',
] as const;
export type DossierType = (typeof DOSSIER_TYPES)[number];

/** The status (national code) that an event of this type brings about; 0 where the type alone does not say. */
export const IMPLIED_STATUS: Record<DossierType, number> = {
  'dossier.submitted': 1,
  'dossier.received': 2,
  'dossier.step': 0,
  'dossier.paused': 5,
  'dossier.resumed': 4,
  'dossier.finished': 9,
  'dossier.returned': 10,
  'dossier.rejected': 3,
  'dossier.withdrawn': 7,
  'dossier.stopped': 8,
};

const instant = z.iso.datetime({ offset: true });

/** `data` of a dossier event. The dossier number is the envelope's `subject`. No field holds personal data. */
export const DossierDataSchema = z.strictObject({
  status: z.int().min(1).max(10).optional(),
  /** The promised instant of return, as the source holds it from this event on. */
  due_at: instant.optional(),
  /** National procedure code `n.nnnnnn`. */
  procedure_code: z.string().max(64).optional(),
  procedure_name: z.string().max(500).optional(),
  field_code: z.string().max(64).optional(),
  field_name: z.string().max(200).optional(),
  /** 1 desk, 2 online, 3 post. */
  channel: z.int().min(1).max(3).optional(),
  /** 1 citizen, 2 business, 3 state body, 4 other organisation. */
  applicant_kind: z.int().min(1).max(4).optional(),
  /** The unit that handles it, code or alias, where it is not the unit that received it. */
  handler: z.string().max(200).optional(),
  /** The department that holds the step. */
  step_holder: z.string().max(200).optional(),
  /** Further facts of the exchange format that later indices need (digitised, paid online, …); no personal data. */
  attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
});
export type DossierData = z.infer<typeof DossierDataSchema>;

/** A row of `log.dossier_event`. */
export interface DossierEventRow extends EventRow {
  dossier_id: string;
  /** The day in the dossier number, `yyyy-MM-dd`; `1970-01-01` when the number holds none. Never changes, so it partitions. */
  opened_on: string;
  status: number;
  due_at: number | null;
  procedure_code: string;
  procedure_name: string;
  field_code: string;
  field_name: string;
  channel: number;
  applicant_kind: number;
  handler_path: string;
  handler: string;
  step_holder: string;
  attributes: string;
}

const NUMBER_DAY = /-(\d{2})(\d{2})(\d{2})-\d+$/;

/**
 * The day that a dossier number carries: `000.00.06.H56-231027-0361` was opened on 2023-10-27.
 * Returns `1970-01-01` for a number without a valid day.
 */
export function openedOn(dossierId: string): string {
  const match = NUMBER_DAY.exec(dossierId);
  if (!match) return '1970-01-01';
  const [year, month, day] = [2000 + Number(match[1]), Number(match[2]), Number(match[3])];
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  return isDay ? `20${match[1]}-${match[2]}-${match[3]}` : '1970-01-01';
}
