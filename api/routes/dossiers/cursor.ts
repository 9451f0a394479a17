import { z } from 'zod';
import { IocError } from '../../errors.ts';

/** The place in a list after which the next page begins: what the last dossier was ordered by, and its key. */
export interface Cursor {
  rank: number;
  text: string;
  unit_path: string;
  id: string;
}

const CursorSchema = z.tuple([z.number(), z.string().max(1000), z.string().max(1000), z.string().min(1).max(256)]);

/** A cursor as text that goes into an address. */
export function writeCursor({ rank, text, unit_path, id }: Cursor): string {
  return Buffer.from(JSON.stringify([rank, text, unit_path, id])).toString('base64url');
}

/** Reads a cursor. Throws `IOC_BAD_REQUEST` for a text that is none. */
export function readCursor(cursor: string): Cursor {
  try {
    const [rank, text, unit_path, id] = CursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { rank, text, unit_path, id };
  } catch (error) {
    throw new IocError('IOC_BAD_REQUEST', 'after is not a cursor of this list', error);
  }
}
