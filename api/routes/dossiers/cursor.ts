import { z } from 'zod';
import { IocError } from '../../errors.ts';

/** The place in a list after which the next page begins: due instant of the last dossier (epoch ms, or the largest number) and its id. */
export interface Cursor {
  due: number;
  id: string;
}

const CursorSchema = z.tuple([z.number(), z.string().max(256)]);

/** What stands for "no due instant" in the order of the list; list.sql uses the same. */
export const NO_DUE = Number.MAX_SAFE_INTEGER;

/** A cursor as text that goes into an address. */
export function writeCursor({ due, id }: Cursor): string {
  return Buffer.from(JSON.stringify([due, id])).toString('base64url');
}

/** Reads a cursor. Throws `IOC_BAD_REQUEST` for a text that is none. */
export function readCursor(text: string): Cursor {
  try {
    const [due, id] = CursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { due, id };
  } catch (error) {
    throw new IocError('IOC_BAD_REQUEST', 'after is not a cursor of this list', error);
  }
}
