import * as z from 'zod/mini';
import type { ImportMappingInfo } from '#api/contract-imports.ts';

/** `GET /api/imports/mappings`. */
export const MappingsSchema = z.array(
  z.object({
    id: z.string(),
    name: z.object({ vi: z.string(), en: z.string() }),
    columns: z.record(z.string(), z.array(z.string())),
  }),
) satisfies z.ZodMiniType<ImportMappingInfo[]>;

const RowFaultSchema = z.object({
  row: z.number(),
  column: z.string(),
  value: z.string(),
  code: z.string(),
  reason: z.string(),
});
/** What is wrong with a row of a file, or odd: where it stands, what stands there, a code, and the reason in English. */
export type RowFault = z.output<typeof RowFaultSchema>;

/** `POST /api/imports?preview=1`: what a file would bring. */
export const PreviewSchema = z.object({
  columns: z.array(z.object({ column: z.string(), field: z.string() })),
  unused: z.array(z.object({ column: z.string(), personal: z.boolean() })),
  rows: z.number(),
  rejected: z.number(),
  first: z.array(
    z.object({
      row: z.number(),
      values: z.record(z.string(), z.string()),
      unit_path: z.nullable(z.string()),
      errors: z.array(RowFaultSchema),
    }),
  ),
  errors: z.array(RowFaultSchema),
  warnings: z.array(RowFaultSchema),
});
export type Preview = z.output<typeof PreviewSchema>;

/** `POST /api/imports`: what became of the rows of a file. */
export const ImportedSchema = z.object({
  accepted: z.number(),
  duplicate: z.number(),
  rejected: z.number(),
  errors: z.array(RowFaultSchema),
  warnings: z.array(RowFaultSchema),
});
export type Imported = z.output<typeof ImportedSchema>;
