import type { z } from 'zod';
import { RequestFault } from '../errors.ts';
import { reasonOf } from '../pipeline/reason.ts';

/** A body as JSON; a `RequestFault` with `IOC_BODY_EMPTY` or `IOC_BODY_NOT_JSON` when it is not. The text is never quoted. */
export function parseBody(body: Buffer): unknown {
  if (body.length === 0) throw new RequestFault('IOC_BODY_EMPTY');
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

/** The lines of a body that are not blank. */
export function linesOf(body: Buffer): string[] {
  return body
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

/** Query parameters by their schema; a `RequestFault` with `IOC_QUERY` that names the parameter. */
export function parseQuery<Schema extends z.ZodType>(schema: Schema, query: unknown): z.output<Schema> {
  const parsed = schema.safeParse(query);
  if (!parsed.success) throw new RequestFault('IOC_QUERY', reasonOf(parsed.error));
  return parsed.data;
}
