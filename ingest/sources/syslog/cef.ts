/** What CEF and LEEF say in their own words: a product reports an event of its own kind. */
export interface ProductEvent {
  format: 'cef' | 'leef';
  /** Of the format: `0`, `1.0`, `2.0`. */
  version: string;
  vendor: string;
  product: string;
  product_version: string;
  /** The signature or kind of event: `100`, `allow`. */
  event_id: string;
  /** Of CEF; empty in LEEF. */
  name: string;
  /** As the product writes it; empty when it does not say. */
  severity: string;
  fields: Record<string, string>;
}

/** The seven parts of the header, in which `|` and a backslash are escaped by a backslash; undefined when there are fewer. */
function headerOf(text: string): { parts: string[]; end: number } | undefined {
  const parts: string[] = [];
  let part = '';
  let from = 4;
  for (let at = 4; at < text.length && parts.length < 7; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      part += text.slice(from, at);
      from = at + 1;
      at += 1;
    } else if (code === 124) {
      parts.push(part + text.slice(from, at));
      part = '';
      from = at + 1;
    }
  }
  return parts.length === 7 ? { parts, end: from } : undefined;
}

/** A key of the extension, and its `=`; the value before it ends where it begins. */
const KEY = /(?:^|\s)([\w.[\]-]{1,64})=/g;
const ESCAPE = /\\([\\=nr|])/g;
const MEANING: Record<string, string> = { n: '\n', r: '\r' };

/** Reads `CEF:0|vendor|product|version|id|name|severity|key=value key=value` (ArcSight CEF, revision 25). Undefined when the header is not whole. */
export function parseCef(text: string): ProductEvent | undefined {
  if (!text.startsWith('CEF:')) return undefined;
  const header = headerOf(text);
  if (!header) return undefined;
  const [version = '', vendor = '', product = '', product_version = '', event_id = '', name = '', severity = ''] =
    header.parts;
  const fields: Record<string, string> = Object.create(null);
  const extension = text.slice(header.end);
  let last: { key: string; from: number } | undefined;
  const keep = (until: number): void => {
    if (!last) return;
    const value = extension.slice(last.from, until).trimEnd();
    fields[last.key] = value.includes('\\')
      ? value.replace(ESCAPE, (_whole: string, code: string) => MEANING[code] ?? code)
      : value;
  };
  for (const match of extension.matchAll(KEY)) {
    keep(match.index);
    last = { key: match[1] ?? '', from: match.index + match[0].length };
  }
  keep(extension.length);
  return {
    ...{ format: 'cef', version, vendor, product, product_version, event_id, name },
    severity: severity.trim(),
    fields,
  };
}
