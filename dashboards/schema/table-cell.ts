import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { OpensSchema } from './opens.ts';

/** How a cell of a table is written, and the type that its column has: see `CELL_TYPES`. */
const CELL_FORMATS = [
  'text',
  'word',
  'unit',
  'severity',
  'clock',
  'date',
  'age',
  'span',
  'integer',
  'decimal',
  'percent',
  'bytes',
] as const;
export type CellFormat = (typeof CELL_FORMATS)[number];

/**
 * Types of the columns that tables draw. `word` is the id of one of `labels`; `unit` a unit's code; `severity` 0 to 4; `clock`, `date` and `age` an
 * instant, as the time of day, the day or how long ago; `span` a length in milliseconds; `bytes` a size.
 */
export const CELL_TYPES: Readonly<Record<CellFormat, 'text' | 'number' | 'instant'>> = {
  ...{
    text: 'text',
    word: 'text',
    unit: 'text',
    severity: 'number',
    clock: 'instant',
    date: 'instant',
    age: 'instant',
  },
  ...{ span: 'number', integer: 'number', decimal: 'number', percent: 'number', bytes: 'number' },
};

/** A column of a table. */
export const CellSchema = z.strictObject({
  /** The column of the query. */
  column: z.string(),
  title: TextSchema,
  format: z.enum(CELL_FORMATS),
  labels: z.record(z.string(), TextSchema).default({}),
  /** Takes the room that the others leave. */
  grows: z.boolean().default(false),
  /** The column that holds the limit of this one, in its unit (milliseconds of an age): beyond it the cell is marked. */
  limit: z.string().optional(),
  /** Where the cell leads, when not where its row does; told the number when it is one. */
  opens: OpensSchema,
});
export type TableCell = z.output<typeof CellSchema>;
