import { hash, randomUUID } from 'node:crypto';
import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readPlace, writePlace, type TailPlace } from './place.ts';

/** What a tail works with. */
export interface FileTailOptions {
  /** The file that is written now. */
  path: string;
  /** Where its place is kept. */
  place_file: string;
  /** Longest line, in bytes; of a longer one the beginning is given. */
  line_bytes: number;
  /** Takes lines: bytes `from` to `to` of `bytes`, which stood at `offset` of the file `id`. Waits while there is no room. */
  take: (line: TailedLine) => Promise<void>;
  /** Resolves when all that was taken outlives the process. */
  keep: () => Promise<void>;
}

/** A line of a file. */
export interface TailedLine {
  id: string;
  offset: number;
  bytes: Buffer;
  from: number;
  to: number;
}

const CHUNK_BYTES = 256 * 1024;
/** What is read before its place is noted: to note waits until the spool has written it. */
const NOTE_BYTES = 4 * 2 ** 20;
/** Bytes by which a file is known again. */
const HEAD_BYTES = 256;
const NEWLINE = 0x0a;
/** Endings of files that are no longer text. */
const PACKED = /\.(gz|bz2|xz|zst|zip)$/;

/**
 * Reads a log as it grows: line by line, once, through rotation by renaming (however many times since it was last read), truncation in place, restarts
 * and kills. What was given but not noted is given again, under the same `id` and `offset`.
 *
 * A log that was rotated and packed, or removed, before it was read to its end is lost: it is counted. What a truncation in place took away before it
 * was read nobody can tell.
 */
export class FileTail {
  readonly #options: FileTailOptions;
  #file: FileHandle | undefined;
  #place: TailPlace | undefined;
  /** Whether the file was seen to be rotated, and not to have grown since. */
  #isResting = false;

  constructor(options: FileTailOptions) {
    this.#options = options;
  }

  /** Files that went away before they were read to their end. */
  get lost_files(): number {
    return this.#place?.lost_files ?? 0;
  }

  /** Reads what has come since the last time. False when there is no such file yet. One caller at a time. */
  async poll(): Promise<boolean> {
    if (!this.#file && !(await this.#open())) return false;
    for (;;) {
      const { file, place } = this.#now();
      const { size } = await file.stat();
      if (size < place.offset || (await headOf(file, place.head_bytes)) !== place.head) {
        await this.#begin(file);
        continue;
      }
      const isGrown = await this.#read(file, place);
      if (await this.#isCurrent(place)) {
        this.#isResting = false;
        return true;
      }
      // whoever rotates may let the writer finish: the old file is left only when it has rested for a turn
      if (isGrown || !this.#isResting) {
        this.#isResting = !isGrown;
        return true;
      }
      this.#isResting = false;
      await this.#readRest(file, place);
      const next = await this.#successor(place);
      await file.close();
      this.#file = undefined;
      if (next === undefined) return true;
      await this.#begin(await open(next));
    }
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #now(): { file: FileHandle; place: TailPlace } {
    if (!this.#file || !this.#place) throw new Error('no file is open');
    return { file: this.#file, place: this.#place };
  }

  /** Opens the file at its noted place, wherever it was moved to; else the current one, or the oldest that followed, from its beginning. */
  async #open(): Promise<boolean> {
    const { path, place_file } = this.#options;
    const place = this.#place ?? (await readPlace(place_file));
    this.#place = place;
    if (place) {
      const found = (await this.#candidates()).find(({ dev, ino }) => dev === place.dev && ino === place.ino);
      if (found) {
        this.#file = await open(found.path);
        return true;
      }
      const next = (await this.#candidates()).find(({ born }) => born > place.born);
      if (!next) return false;
      this.#place = { ...place, lost_files: place.lost_files + 1 };
      await this.#begin(await open(next.path));
      return true;
    }
    const file = await open(path).catch(() => undefined);
    if (!file) return false;
    await this.#begin(file);
    return true;
  }

  /** Begins with a file, or anew with one that was emptied: its place is noted before any of its lines is taken. */
  async #begin(file: FileHandle): Promise<void> {
    const { dev, ino, birthtimeMs: born } = await file.stat();
    const start = { offset: 0, head: await headOf(file, 0), head_bytes: 0 };
    this.#file = file;
    this.#place = { id: randomUUID(), dev, ino, born, ...start, lost_files: this.lost_files };
    await writePlace(this.#options.place_file, this.#place);
  }

  /** Takes the lines that are whole; true when there were any. */
  async #read(file: FileHandle, place: TailPlace): Promise<boolean> {
    const { take, line_bytes } = this.#options;
    const start = place.offset;
    let bytes = Buffer.alloc(0);
    let at = place.offset;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at + bytes.length);
      if (bytesRead === 0) break;
      bytes = Buffer.concat([bytes, chunk.subarray(0, bytesRead)]);
      let from = 0;
      for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
        await take({ id: place.id, offset: at + from, bytes, from, to: Math.min(end, from + line_bytes) });
        from = end + 1;
      }
      at += from;
      bytes = bytes.subarray(from);
      if (at - place.offset >= NOTE_BYTES) await this.#note(file, place, at);
      // a line without an end is not held in memory: its beginning is given, and the rest is passed over as lines of its own
      if (bytes.length > line_bytes) {
        await take({ id: place.id, offset: at, bytes, from: 0, to: line_bytes });
        at += bytes.length;
        bytes = Buffer.alloc(0);
        await this.#note(file, place, at);
      }
    }
    if (at > place.offset) await this.#note(file, place, at);
    return place.offset > start;
  }

  /** Takes the last line of a file that nobody writes any more. */
  async #readRest(file: FileHandle, place: TailPlace): Promise<void> {
    const { take, line_bytes } = this.#options;
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size - place.offset, line_bytes));
    if (bytes.length === 0) return;
    await file.read(bytes, 0, bytes.length, place.offset);
    await take({ id: place.id, offset: place.offset, bytes, from: 0, to: bytes.length });
    await this.#note(file, place, size);
  }

  async #note(file: FileHandle, place: TailPlace, offset: number): Promise<void> {
    await this.#options.keep();
    place.offset = offset;
    if (place.head_bytes < HEAD_BYTES) {
      place.head_bytes = Math.min(HEAD_BYTES, offset);
      place.head = await headOf(file, place.head_bytes);
    }
    await writePlace(this.#options.place_file, place);
  }

  async #isCurrent({ dev, ino }: TailPlace): Promise<boolean> {
    const current = await stat(this.#options.path).catch(() => undefined);
    return current?.dev === dev && current.ino === ino;
  }

  /** The file that was begun after this one, if it is still there. */
  async #successor(place: TailPlace): Promise<string | undefined> {
    const others = (await this.#candidates()).filter(({ ino, dev }) => ino !== place.ino || dev !== place.dev);
    return others.find(({ born }) => born >= place.born)?.path;
  }

  /** The log and its rotated ones, the oldest first. */
  async #candidates(): Promise<{ path: string; dev: number; ino: number; born: number }[]> {
    const { path } = this.#options;
    const folder = dirname(path);
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names
        .filter((name) => name.startsWith(basename(path)) && !PACKED.test(name))
        .map(async (name) => {
          const info = await stat(join(folder, name)).catch(() => undefined);
          if (!info?.isFile()) return [];
          return [{ path: join(folder, name), dev: info.dev, ino: info.ino, born: info.birthtimeMs }];
        }),
    );
    return found.flat().sort((a, b) => a.born - b.born);
  }
}

async function headOf(file: FileHandle, length: number): Promise<string> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, 0);
  return hash('md5', bytes.subarray(0, bytesRead));
}
