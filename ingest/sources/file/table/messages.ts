import { z } from 'zod';
import type { ImportField } from '../../../schema/import-mapping.ts';
import { TABLE_FAULTS } from './cell.ts';

const field = z.custom<ImportField>((value) => typeof value === 'string');

/** What the process that reads a file is told of it. */
export const WorkSchema = z.strictObject({
  format: z.enum(['csv', 'xlsx']),
  names: z.map(z.string(), field.or(z.literal('personal'))),
});
export type Work = z.input<typeof WorkSchema>;

const TableRowSchema = z.strictObject({
  row: z.int(),
  cells: z.array(z.union([z.string(), z.number(), z.strictObject({ error: z.string() }), z.undefined()])),
});

/** What it sends: the parts of the table, then how it ended. */
export const MessageSchema = z.discriminatedUnion('part', [
  z.strictObject({
    part: z.literal('head'),
    origin: z.strictObject({
      format: z.enum(['csv', 'xlsx']),
      encoding: z.string().optional(),
      delimiter: z.string().optional(),
      sheet: z.string().optional(),
    }),
    header: z.strictObject({
      rows: z.array(z.int()),
      columns: z.array(z.strictObject({ index: z.int(), name: z.string(), field })),
      unused: z.array(z.strictObject({ name: z.string(), isPersonal: z.boolean() })),
      faults: z.array(z.string()),
    }),
  }),
  z.strictObject({ part: z.literal('rows'), rows: z.array(TableRowSchema) }),
  z.strictObject({ part: z.literal('fault'), code: z.enum(TABLE_FAULTS), message: z.string() }),
  z.strictObject({ part: z.literal('end') }),
]);
export type Message = z.input<typeof MessageSchema>;
