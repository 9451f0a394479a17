import { isPersonalField, maskText } from './personal.ts';

/** Deepest that a payload is looked into: no format goes beyond ten. */
const DEEPEST = 32;
/** Fields that name things: numbers of dossiers, codes of procedures and units; and instants. */
const CODE =
  /^(?:Ma[A-Z]\w*|TrangThai\w*|KenhThucHien|LoaiDoiTuong|HinhThuc|id|subject|type|specversion|\w*_(?:id|code))$/;
const INSTANT = /^(?:Ngay\w*|ThoiDiem\w*|time|\w*_at)$/;
/** What a code and an instant look like. A bare row of 9 to 12 digits is rather the number of a paper or of a phone in the wrong field. */
const IS_CODE = /^(?!\d{9,12}$)[\w.\-/:#~+]{1,256}$/;
const IS_INSTANT = /^(?:19|20)\d{6}(?:\d{4}|\d{6})?$|^[\d/:.\-+TZ ]{0,3}\d+[/:-][\d/:.\-+TZ ]{1,32}$/;

/** Longest payload that a dead letter keeps, in characters. */
const LONGEST = 16_384;

/**
 * A payload as a dead letter may keep it: personal fields blanked at any depth, and, where it is no JSON, e-mail addresses and numbers of papers and
 * phones masked. Cut at 16,384 characters.
 */
export function redact(payload: unknown): string {
  const text = typeof payload === 'string' ? redactText(payload) : JSON.stringify(blank(payload));
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function redactText(text: string): string {
  try {
    return JSON.stringify(blank(JSON.parse(text)));
  } catch {
    // the mask is worked on what can be kept, and some more, so that no number is cut in two at the border
    return maskText(text.slice(0, LONGEST + 64));
  }
}

/** A code or an instant as it is, since digits and dots look like the number of a paper; blanked where it is none. Undefined for any other field. */
function named(name: string, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const form = CODE.test(name) ? IS_CODE : INSTANT.test(name) ? IS_INSTANT : undefined;
  if (!form || value === '') return undefined;
  return form.test(value) ? value : '[…]';
}

function blank(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return blankText(value, depth);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth === DEEPEST) return '[…]';
  if (Array.isArray(value)) return value.map((inner) => blank(inner, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (isPersonalField(name) && inner !== null && inner !== '') return [name, '[…]'];
      // a name may hold what a value should
      return [maskText(name), named(name, inner) ?? blank(inner, depth + 1)];
    }),
  );
}

/** A text within a payload may be a payload itself. */
function blankText(text: string, depth: number): string {
  if (/^\s*[[{]/.test(text) && depth < DEEPEST) {
    try {
      return JSON.stringify(blank(JSON.parse(text), depth + 1));
    } catch {
      // it only looks like one
    }
  }
  return maskText(text.slice(0, LONGEST));
}
