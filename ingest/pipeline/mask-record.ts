import { isPersonsField, maskMessage } from './personal.ts';

/** Fields that hold what people sent and were sent, byte by byte: nobody can tell what is in it, so it is not kept. */
const CONTENTS = /^(?:payload|packet|http_re(?:quest|sponse)_body)(?:_printable)?$/;
/** A string of JSON, and the colon that makes it the name of a field. */
const STRING = /"((?:[^"\\]|\\.)*)"(\s*:)?/g;

/**
 * A record of a sensor (JSON text) without what is personal in its strings, and without the contents of packets. All else stays as it was written, to
 * the byte: numbers beyond 2^53 would not survive parse and stringify.
 */
export function maskRecord(line: string): string {
  let field = '';
  return line.replace(STRING, (whole: string, inner: string, colon: string | undefined) => {
    if (colon !== undefined) {
      field = inner;
      return whole;
    }
    if (inner === '') return whole;
    if (CONTENTS.test(field) || isPersonsField(field)) return '"[…]"';
    const text = textOf(whole);
    if (text === undefined) return whole;
    const masked = maskMessage(text);
    return masked === text ? whole : JSON.stringify(masked);
  });
}

/** What a JSON string says; undefined for one that is none. */
function textOf(quoted: string): string | undefined {
  try {
    const text: unknown = JSON.parse(quoted);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
