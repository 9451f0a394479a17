import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, writeFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BLOCK_HEADER_BYTES, readHeader, type BlockHeader } from './block.ts';

/** A file of a spool. Its id is chosen at random, so that no two segments of any installation have the same. */
export interface Segment {
  /** Counted up within the spool. */
  number: number;
  /** 24 hex digits. */
  id: string;
  file: string;
}

/** A block and where it lies. */
export interface BlockPlace {
  segment: Segment;
  from: number;
  to: number;
  header: BlockHeader;
}

/** How far a spool has been stored: the blocks before this place are in the store. */
export interface Checkpoint {
  segment: number;
  offset: number;
}

const NAME = /^(\d{8})-([0-9a-f]{24})\.spool$/;
const CheckpointSchema = z.strictObject({ segment: z.int().min(0), offset: z.int().min(0) });

/** A segment that is not there yet. */
export function newSegment(folder: string, number: number): Segment {
  const id = randomBytes(12).toString('hex');
  return { number, id, file: join(folder, `${String(number).padStart(8, '0')}-${id}.spool`) };
}

/** The segments of a folder, oldest first; makes the folder when it is not there. */
export async function listSegments(folder: string): Promise<Segment[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = await readdir(folder);
  return names
    .flatMap((name) => {
      const match = NAME.exec(name);
      return match?.[1] && match[2] ? [{ number: Number(match[1]), id: match[2], file: join(folder, name) }] : [];
    })
    .sort((left, right) => left.number - right.number);
}

/** The whole blocks of a segment from an offset on. What follows the last whole one was being written when the process ended: nobody was told that it is kept. */
export async function listBlocks(segment: Segment, offset: number): Promise<BlockPlace[]> {
  const handle = await open(segment.file, 'r');
  try {
    const { size } = await handle.stat();
    const places: BlockPlace[] = [];
    const bytes = Buffer.alloc(BLOCK_HEADER_BYTES);
    for (let from = offset; from + BLOCK_HEADER_BYTES <= size;) {
      await handle.read(bytes, 0, bytes.length, from);
      const header = readHeader(bytes);
      const to = from + BLOCK_HEADER_BYTES + (header?.bytes ?? 0);
      if (!header || to > size) break;
      places.push({ segment, from, to, header });
      from = to;
    }
    return places;
  } finally {
    await handle.close();
  }
}

/** Reads a block from an open segment. */
export async function readBlock(handle: FileHandle, { from, to }: BlockPlace): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(to - from);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  return bytes.subarray(0, bytesRead);
}

const checkpointFile = (folder: string): string => join(folder, 'stored.json');

/** How far the spool was stored; its beginning when that is not known, since what is stored twice is stored once. */
export async function readCheckpoint(folder: string): Promise<Checkpoint> {
  const text = await readFile(checkpointFile(folder), 'utf8').catch(() => '');
  const parsed = CheckpointSchema.safeParse(text === '' ? undefined : parseText(text));
  return parsed.success ? parsed.data : { segment: 0, offset: 0 };
}

/** Notes how far the spool is stored: written beside and moved into place, so that it is never half of it. */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const file = checkpointFile(folder);
  await writeFile(`${file}.new`, JSON.stringify(checkpoint), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
