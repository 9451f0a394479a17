import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import { RequestFault } from '../errors.ts';
import { reasonOf } from '../pipeline/reason.ts';

/**
 * A body as JSON; a `RequestFault` with `IOC_BODY_EMPTY` or `IOC_BODY_NOT_JSON` when it is not. The text is never quoted. Bytes that are
 * no UTF-8 are refused: read as replacement characters, two numbers of dossiers would become one.
 */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) throw new RequestFault('IOC_BODY_EMPTY');
  if (!isUtf8(body)) throw new RequestFault('IOC_BODY_NOT_JSON', 'the body is not UTF-8');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new RequestFault('IOC_BODY_NOT_JSON');
  }
}

/** A line as JSON, or undefined. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Begins a line that was no UTF-8: it is no JSON then. */
const NOT_UTF8 = '\ufffd';

/** The lines of a body that are not blank. One that is not UTF-8 is given so that it cannot be read as JSON; the others are not harmed. */
export function linesOf(body: Buffer): string[] {
  const text = body.toString('utf8');
  const lines = isUtf8(body)
    ? text.split('\n')
    : text.split('\n').map((line) => (line.includes('\ufffd') ? NOT_UTF8 + line : line));
  return lines.filter((line) => line.trim() !== '');
}

/** Query parameters by their schema; a `RequestFault` with `IOC_QUERY` that names the parameter. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (!parsed.success) throw new RequestFault('IOC_QUERY', reasonOf(parsed.error));
  return parsed.data;
}
