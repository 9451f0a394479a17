import { isPersonsField, maskMessage } from './personal.ts';

/** Fields that hold what people sent and were sent, byte by byte: nobody can tell what is in it, so it is not kept. */
const CONTENTS = /^(?:payload|packet|http_re(?:quest|sponse)_body)(?:_printable)?$/;
/** A string of JSON, and the colon that makes it the name of a field. */
const STRING = /"((?:[^"\\]|\\.)*)"(\s*:)?/g;
/** What a string must hold before anything could be masked in it: most hold none of it, and a look is cheap. An escape may hide anything. */
const SUSPECT = /[@=<\\]|\d{9}|\d{3} \d{3} \d|[^\d\s]{2}\s{0,8}:/;
/** Names of fields that were judged; a sensor has some hundreds, the bound is for senders that make them up. */
const REMEMBERED = 5_000;

/**
 * Makes what takes out of a record of a sensor (JSON text) what is personal in its strings, and the contents of packets. All else stays as it was written,
 * to the byte: numbers beyond 2^53 would not survive parse and stringify.
 */
export function createMaskRecord(): (line: string) => string {
  const judged = new Map<string, boolean>();
  const isWithheld = (field: string): boolean => {
    const known = judged.get(field);
    if (known !== undefined) return known;
    const is = CONTENTS.test(field) || isPersonsField(field);
    if (judged.size < REMEMBERED) judged.set(field, is);
    return is;
  };
  return function maskRecord(line) {
    let field = '';
    return line.replace(STRING, (whole: string, inner: string, colon: string | undefined) => {
      if (colon !== undefined) {
        field = inner;
        return whole;
      }
      if (inner === '') return whole;
      if (isWithheld(field)) return '"[…]"';
      if (!SUSPECT.test(inner)) return whole;
      const text = textOf(whole);
      if (text === undefined) return whole;
      const masked = maskMessage(text);
      return masked === text ? whole : JSON.stringify(masked);
    });
  };
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
