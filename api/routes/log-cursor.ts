import { z } from 'zod';
import type { WrittenQuery } from '#dashboards/schema/query.ts';
import { IocError } from '../errors.ts';
import type { Params } from '../store.ts';

/** The place in a list of events, newest first, after which the next page begins: when the last one happened (epoch ms), and its key. */
export interface LogCursor {
  at: number;
  key: string;
}

const CursorSchema = z.tuple([z.number(), z.guid()]);

/** The parameters of a list's SQL that say where its page begins. */
export const CURSOR_PARAMS: NonNullable<WrittenQuery['params']> = {
  after_at: { type: 'Float64', default: 0 },
  after_key: { type: 'String', default: '' },
};

/** Their values; those of the first page without a cursor. Throws `IOC_BAD_REQUEST` for a text that is none. */
export function cursorParams(cursor: string | undefined): Params {
  if (cursor === undefined) return { after_at: 0, after_key: '' };
  try {
    const [at, key] = CursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { after_at: at, after_key: key };
  } catch (error) {
    throw new IocError('IOC_BAD_REQUEST', 'after is not a cursor of this list', error);
  }
}

/** The cursor of the page that follows these rows, as text that goes into an address; null where there are none. */
export function cursorOf(rows: readonly { seen_at: number; id: string }[]): string | null {
  const last = rows.at(-1);
  return last ? Buffer.from(JSON.stringify([last.seen_at, last.id])).toString('base64url') : null;
}
