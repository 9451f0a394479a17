import { z } from 'zod';
import { foldText } from './fold-text.ts';
import { TextSchema } from './unit-tree.ts';

/** Fields that are kept as they are written. `unit` received the dossier (used where its number names none), `handler` handles it, `step_holder` has it now. */
const TEXT_FIELDS = [
  ...['dossier_id', 'procedure_code', 'procedure_name', 'field_code', 'field_name', 'unit', 'handler', 'step_holder'],
] as const;

/** Fields that hold a code, written as its digits or as a word of the mapping; and the largest code of each. */
const CODE_FIELDS = ['status', 'channel', 'applicant_kind', 'digitised', 'paid_online'] as const;
const CODES = { status: 10, channel: 3, applicant_kind: 4, digitised: 1, paid_online: 3 } as const;

/** Fields that hold a moment. `due_before` and `due_after` are the promise before and after a supplement moved it. */
const DATE_FIELDS = [
  ...['submitted_at', 'accepted_at', 'due_at', 'finished_at', 'returned_at', 'refused_at'],
  ...['supplement_requested_at', 'supplement_received_at', 'due_before', 'due_after'],
] as const;

export type CodeField = (typeof CODE_FIELDS)[number];
export type DateField = (typeof DATE_FIELDS)[number];
export type ImportField = (typeof TEXT_FIELDS)[number] | CodeField | DateField;

const IMPORT_FIELDS = [...TEXT_FIELDS, ...CODE_FIELDS, ...DATE_FIELDS] as const;
const codeFields: ReadonlySet<string> = new Set(CODE_FIELDS);
const dateFields: ReadonlySet<string> = new Set(DATE_FIELDS);

/** How the cells of a field are read. */
export const isCodeField = (field: ImportField): field is CodeField => codeFields.has(field);
export const isDateField = (field: ImportField): field is DateField => dateFields.has(field);

/** The ways in which a moment may be written. `excel` is a serial number of days since 1899-12-30. All are local to the province. */
export const DATE_FORMATS = [
  'dd/MM/yyyy HH:mm:ss',
  'dd/MM/yyyy HH:mm',
  'dd/MM/yyyy',
  'HH:mm dd/MM/yyyy',
  'dd-MM-yyyy HH:mm:ss',
  'dd-MM-yyyy HH:mm',
  'dd-MM-yyyy',
  'yyyy-MM-dd HH:mm:ss',
  'yyyy-MM-dd HH:mm',
  'yyyy-MM-dd',
  'yyyyMMddHHmmss',
  'yyyyMMdd',
  'excel',
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

const spellings = z.array(z.string().min(1).max(200)).min(1);

/** Which words mean which code of a field: `{ '2': [Được tiếp nhận, Đã tiếp nhận] }`. */
const words = (largest: number) =>
  z.record(
    z.string().refine((text) => /^\d{1,2}$/.test(text) && Number(text) <= largest, `is no code from 0 to ${largest}`),
    spellings,
  );

/**
 * How a file of dossiers is read: which column is which field, how moments are written, which words mean which code. Names of columns and words are
 * compared without regard to case, diacritics, Unicode form and punctuation.
 */
export const ImportMappingSchema = z
  .strictObject({
    name: TextSchema,
    /** The source that its dossiers belong to, where neither the token nor the request names one. */
    source: z.string().min(1).max(256),
    /** The unit of dossiers whose number and row name none: code, name or alias. */
    unit: z.string().min(1).max(64).optional(),
    dates: z.array(z.enum(DATE_FORMATS)).min(1),
    /** Until when a promise holds that is written as a day without a time, local time. */
    due_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/)
      .default('23:59:59'),
    columns: z.partialRecord(z.enum(IMPORT_FIELDS), spellings),
    codes: z.strictObject({
      status: words(CODES.status).optional(),
      channel: words(CODES.channel).optional(),
      applicant_kind: words(CODES.applicant_kind).optional(),
      digitised: words(CODES.digitised).optional(),
      paid_online: words(CODES.paid_online).optional(),
    }),
    /** Columns that hold personal data: never read, and shown as such in the preview. */
    personal: z.array(z.string().min(1).max(200)).default([]),
  })
  .superRefine((mapping, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (!mapping.columns.dossier_id) fault(['columns'], 'names no column for dossier_id');
    if (
      !['submitted_at', 'accepted_at', 'finished_at', 'returned_at', 'refused_at'].some(
        (field) => field in mapping.columns,
      )
    )
      fault(['columns'], 'names no column that says when anything happened');
    const meant = new Map<string, string>();
    const mean = (text: string, what: string, path: (string | number)[]) => {
      const key = foldText(text);
      const other = meant.get(key);
      if (key === '') fault(path, `"${text}" holds neither letter nor digit`);
      else if (other !== undefined && other !== what) fault(path, `"${text}" stands for ${other} already`);
      meant.set(key, what);
    };
    for (const [field, texts] of Object.entries(mapping.columns))
      for (const [index, text] of texts.entries()) mean(text, field, ['columns', field, index]);
    for (const [index, text] of mapping.personal.entries()) mean(text, 'a personal column', ['personal', index]);
    for (const [field, codes] of Object.entries(mapping.codes)) {
      meant.clear();
      for (const [code, texts] of Object.entries(codes))
        for (const [index, text] of texts.entries()) mean(text, `code ${code}`, ['codes', field, code, index]);
    }
  });
export type ImportMapping = z.infer<typeof ImportMappingSchema>;
