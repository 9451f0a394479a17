import { isPersonalField, maskText } from './personal.ts';

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

function blank(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blank);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [
      name,
      isPersonalField(name) && inner !== null && inner !== '' ? '[…]' : blank(inner),
    ]),
  );
}
