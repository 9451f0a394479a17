import type { ProductEvent } from './cef.ts';

/** The sign between fields that LEEF 2.0 names in its header: itself, or `x5E`, `0x5E`. */
function delimiterOf(written: string): string | undefined {
  const code = /^0?x([0-9a-f]{1,4})$/i.exec(written)?.[1];
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return written.length === 1 ? written : undefined;
}

/**
 * Reads `LEEF:1.0|vendor|product|version|id|key=value…` (IBM LEEF 1.0 and 2.0). Fields are divided by tabs, in 2.0 by the sign of the header; senders of 1.0 that
 * divide them by `|` are understood. Undefined when the header is not whole.
 */
export function parseLeef(text: string): ProductEvent | undefined {
  if (!text.startsWith('LEEF:')) return undefined;
  const parts = text.slice(5).split('|');
  const [version = '', vendor = '', product = '', product_version = '', event_id, sixth = ''] = parts;
  if (event_id === undefined || parts.length < 6) return undefined;
  const named = version.startsWith('2') && !sixth.includes('=') ? sixth : undefined;
  const rest = parts.slice(named === undefined ? 5 : 6).join('|');
  const delimiter = (named === undefined ? undefined : delimiterOf(named)) ?? (rest.includes('\t') ? '\t' : '|');
  const fields: Record<string, string> = Object.create(null);
  for (const field of rest.split(delimiter)) {
    const equals = field.indexOf('=');
    if (equals > 0) fields[field.slice(0, equals).trim()] = field.slice(equals + 1);
  }
  return {
    ...{ format: 'leef', version, vendor, product, product_version, event_id, name: '' },
    severity: (fields['sev'] ?? '').trim(),
    fields,
  };
}
