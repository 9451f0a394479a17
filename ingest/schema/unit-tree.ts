import { z } from 'zod';

/** Text in both languages; Vietnamese first. */
export const TextSchema = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof TextSchema>;

/** Kinds of unit. Depth is data: a two-tier province has no `huyen`. */
export const UNIT_TYPES = [
  'tinh',
  'so_nganh',
  'huyen',
  'khu_vuc',
  'xa',
  'phuong',
  'thi_tran',
  'dac_khu',
  'trung_tam_hcc',
  'chi_nhanh',
  'diem',
] as const;

const day = z.iso.date();

/** One unit as written in a unit tree file. */
export const UnitSchema = z.strictObject({
  /** The new code order, parent first: `H49.02.05`. The old order (`000.05.02.H49`) is read everywhere and never stored. */
  code: z.string().regex(/^[A-Z]\d{2}(\.\d{2,3})*$/),
  parent: z.string().optional(),
  type: z.enum(UNIT_TYPES),
  name: z.string().min(1),
  /** What fits on a wall: `Vân Đồn`. */
  short: z.string().min(1),
  /** Code of the General Statistics Office. */
  gso: z.string().optional(),
  /** Latitude, longitude of the seat. */
  seat: z.tuple([z.number(), z.number()]).optional(),
  aliases: z.array(z.string()).optional(),
  valid_from: day.optional(),
  valid_to: day.optional(),
  superseded_by: z.array(z.string()).optional(),
});
export type Unit = z.infer<typeof UnitSchema>;

/** A unit tree file: one province as of one time. */
export const UnitTreeSchema = z.strictObject({
  name: TextSchema,
  /** The heading of its wall. */
  heading: TextSchema,
  root: z.string(),
  calendar: z.string(),
  map: z.string(),
  /** Where codes, names and seats come from. */
  origin: z.string(),
  units: z.array(UnitSchema).min(1),
});
export type UnitTree = z.infer<typeof UnitTreeSchema>;
