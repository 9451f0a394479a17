import { isPersonalField, maskText } from './personal.ts';

/** Deepest that a payload is looked into: no format goes beyond ten. */
const DEEPEST = 32;
/** Fields that name things: numbers of dossiers, codes of procedures and units, instants. */
const CODE = /^(?:Ma[A-Z]\w*|Ngay\w*|ThoiDiem\w*|id|subject|type|source|time|unit|\w*_(?:id|code|at))$/;

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

function blank(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return blankText(value, depth);
  if (typeof value !== 'object' || value === null) return value ?? null;
  if (depth === DEEPEST) return '[…]';
  if (Array.isArray(value)) return value.map((inner) => blank(inner, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => {
      if (isPersonalField(name) && inner !== null && inner !== '') return [name, '[…]'];
      // a code of digits and dots looks like a number of a paper
      return [name, CODE.test(name) && typeof inner === 'string' ? inner : blank(inner, depth + 1)];
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
