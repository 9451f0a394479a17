import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const PlaceSchema = z.strictObject({
  /** The file as one incarnation: another one begins with a new file, and when it is truncated. It is part of the key of each line. */
  id: z.string().min(1),
  dev: z.number(),
  ino: z.number(),
  /** When it was made, epoch ms: the order in which files followed each other. */
  born: z.number(),
  /** Bytes of it that are safely taken. */
  offset: z.int().min(0),
  /** Hash of its first bytes, and how many: the same file may be emptied and filled anew. */
  head: z.string(),
  head_bytes: z.int().min(0),
  /** Files that went away before they were read to their end: how many lines they had nobody knows. */
  lost_files: z.int().min(0),
});

/** How far a log was read. It is written before the first line of a file is taken, and after lines were. */
export type TailPlace = z.output<typeof PlaceSchema>;

/** The place that was noted; undefined when none is, or what is there cannot be read. */
export async function readPlace(file: string): Promise<TailPlace | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return PlaceSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Notes a place: written beside and moved into place, so that it is never half of it. */
export async function writePlace(file: string, place: TailPlace): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, JSON.stringify(place), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
