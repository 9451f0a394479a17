import type { ImportMappingInfo } from '#api/contract-imports.ts';
import type { Preview, RowFault } from '../http/import-schemas.ts';

type ImportField = keyof ImportMappingInfo['columns'];
/** How the cells of a field are read. */
type Reading = 'text' | 'code' | 'date';

const text = 'text';
const code = 'code';
const date = 'date';
const READ_AS: Readonly<Record<ImportField, Reading>> = {
  ...{ dossier_id: text, procedure_code: text, procedure_name: text, field_code: text, field_name: text },
  ...{ unit: text, handler: text, step_holder: text },
  ...{ status: code, channel: code, applicant_kind: code, digitised: code, paid_online: code },
  ...{ submitted_at: date, accepted_at: date, due_at: date, finished_at: date, returned_at: date, refused_at: date },
  ...{ supplement_requested_at: date, supplement_received_at: date, due_before: date, due_after: date },
};
const readings = new Map<string, Reading>(Object.entries(READ_AS));

/** The fields that a column may mean. */
export const IMPORT_FIELDS: readonly string[] = Object.keys(READ_AS);

/** The media type by which a file is sent: by its name, since browsers know CSV by many types or none. */
export function mediaType(name: string): string {
  if (/\.xlsx$/i.test(name)) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return /\.tsv$/i.test(name) ? 'text/tab-separated-values' : 'text/csv';
}

/** The key of the catalogues that says what is wrong with a cell, by the fault's code and how its column is read; undefined for a code without words. */
export function faultKey({ code, column, value }: RowFault, columns: Preview['columns']): string | undefined {
  if (code !== 'IOC_ROW_FIELD') return CODES.has(code) ? `import.fault.${code}` : undefined;
  if (value === '') return 'import.fault.empty';
  const field = columns.find((each) => each.column === column)?.field ?? '';
  return `import.fault.${readings.get(field) ?? 'text'}`;
}
const CODES: ReadonlySet<string> = new Set(['IOC_EVENT_TIME_FUTURE', 'IOC_EVENT_TIME_RANGE', 'IOC_ROW_UNIT']);

/** A moment `yyyyMMddHHmmss`, local to the province, as people write it; any other text as it is. */
export function momentText(stamp: string): string {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
  return year === undefined ? stamp : `${day}/${month}/${year} ${hour}:${minute}:${second}`;
}

/** A table as CSV (RFC 4180) that spreadsheets open as it is; what one would run as a formula is written as text. */
export function csvOf(lines: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => {
    const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
  };
  return `\uFEFF${lines.map((line) => `${line.map(quoted).join(',')}\r\n`).join('')}`;
}
