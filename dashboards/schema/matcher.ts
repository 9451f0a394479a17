import { z } from 'zod';
import type { Matcher } from '#ingest/schema/duty.ts';

const WRITTEN = /^\s*([a-zA-Z_][a-zA-Z0-9_.:-]*)\s*(=~|!~|!=|=)\s*([^]*?)\s*$/;

/** Expressions whose time may grow with the power of the text: a repeated group that repeats within, a reference back, a look around. */
const COSTLY = /\((?:[^()\\]|\\.)*(?:[+*}]|\|)(?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,)|\\[1-9k]|\(\?[=!<]/;

/**
 * Reads a matcher as Alertmanager writes it: `severity="critical"`, `rule=~"link-.*"`, with or without quotes. Undefined for what is none, and
 * for an expression that is none or could take for ever.
 */
export function readMatcher(text: string): Matcher | undefined {
  const [, name, op, given = ''] = WRITTEN.exec(text) ?? [];
  if (name === undefined || (op !== '=' && op !== '!=' && op !== '=~' && op !== '!~')) return undefined;
  const value = unquoted(given);
  const matcher: Matcher | undefined = value === undefined ? undefined : { name, op, value };
  return matcher && isUsable(matcher) ? matcher : undefined;
}

/** Whether the expression of a matcher can be used. */
export function isUsable({ op, value }: Matcher): boolean {
  if (op === '=' || op === '!=') return true;
  if (COSTLY.test(value)) return false;
  try {
    return anchored(value) instanceof RegExp;
  } catch {
    return false;
  }
}

/** An expression that fits whole values only. Throws a SyntaxError for what is none. */
export function anchored(expression: string): RegExp {
  return new RegExp(`^(?:${expression})$`, 'su');
}

function unquoted(text: string): string | undefined {
  if (!text.startsWith('"')) return text.includes('"') ? undefined : text;
  const whole = /^"((?:[^"\\]|\\[^])*)"$/.exec(text)?.[1];
  return whole?.replaceAll(/\\(["\\n])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign));
}

/** A matcher in a file, as a text; read, it is a `Matcher`. */
export const MatcherTextSchema = z.string().transform((text, context): Matcher => {
  const matcher = readMatcher(text);
  if (matcher) return matcher;
  context.addIssue({
    code: 'custom',
    message: 'is no matcher: a label, one of = != =~ !~, and a value, such as severity=~"high|critical"',
  });
  return z.NEVER;
});
