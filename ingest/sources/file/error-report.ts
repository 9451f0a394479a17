import type { RowFault } from './row-reader.ts';

const COLUMNS = ['row', 'column', 'value', 'code', 'reason'] as const;

/**
 * The error report as CSV (RFC 4180) that spreadsheets open as it is: UTF-8 with a byte order mark. What a spreadsheet would run as a formula is
 * written as text.
 */
export function errorReport(errors: readonly RowFault[]): string {
  const lines = errors.map((error) => COLUMNS.map((column) => quoted(String(error[column]))).join(','));
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
