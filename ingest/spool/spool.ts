import { open, rm, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { faultFields } from '../fault-fields.ts';
import type { Clock } from '../schema/clock.ts';
import { BLOCK_HEADER_BYTES, BlockBuilder, isIntact } from './block.ts';
import { SPOOL_LIMITS, type SpoolLimits } from './limits.ts';
import {
  listBlocks,
  listSegments,
  readBlock,
  readCheckpoint,
  writeCheckpoint,
  type BlockPlace,
  type Checkpoint,
  type Segment,
} from './segment.ts';
import { SegmentWriter } from './segment-writer.ts';

/** How often the place up to which all is stored is noted, and what waits is brought safely to the disk, in milliseconds. */
const NOTE_MS = 1_000;

/** What a spool is made with. */
export interface SpoolOptions {
  /** A folder of its own. */
  folder: string;
  clock: Clock;
  log: Logger;
  limits?: Partial<SpoolLimits>;
}

/** A block on its way to the store. */
export interface SpooledBlock extends BlockPlace {
  bytes: Buffer;
}

/** A block that is written and not stored. Its bytes are read again when they are not held. */
interface Waiting {
  place: BlockPlace;
  bytes: Buffer | undefined;
  isStored: boolean;
}

/**
 * What came from senders that cannot be asked to send again, on its way to the store: appended to files, given out in order, block by block, and
 * forgotten when stored. It outlives a kill -9 of the process once it is written, at the latest `linger_ms` after it came; while the store is
 * away it is also synced every second, so that a power cut costs no more than that.
 */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #limits: SpoolLimits;
  readonly #writer: SegmentWriter;
  /** Written and not stored, oldest first. The first `#given` of them were given out. */
  readonly #waiting: Waiting[] = [];
  readonly #spare: Buffer[] = [];
  readonly #sealed: BlockBuilder[] = [];
  readonly #segments: Segment[];
  #given = 0;
  #builder: BlockBuilder | undefined;
  #linger: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #reading: { number: number; handle: FileHandle } | undefined;
  #notes: NodeJS.Timeout;
  #held = 0;
  #reached: Checkpoint | undefined;
  #bytes = 0;
  #damaged = 0;
  #isClosed = false;
  #wake: () => void = () => undefined;
  #room: (() => void)[] = [];

  private constructor(options: SpoolOptions, places: readonly BlockPlace[], segments: Segment[], number: number) {
    this.#options = options;
    this.#limits = { ...SPOOL_LIMITS, ...options.limits };
    this.#segments = segments;
    this.#writer = new SegmentWriter({
      folder: options.folder,
      number,
      segment_bytes: Math.min(this.#limits.segment_bytes, Math.max(1, this.#limits.spool_bytes / 4)),
    });
    for (const place of places) this.#put(place, undefined);
    this.#notes = setInterval(() => void this.#note(), NOTE_MS).unref();
  }

  /** Opens the spool of a folder, with all that was not stored when it was last in use. Throws what the disk says. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const checkpoint = await readCheckpoint(options.folder);
    const segments = await listSegments(options.folder);
    const left = segments.filter(({ number }) => number >= checkpoint.segment);
    for (const { number, file } of segments) if (number < checkpoint.segment) await rm(file, { force: true });
    const places: BlockPlace[] = [];
    for (const segment of left)
      places.push(...(await listBlocks(segment, segment.number === checkpoint.segment ? checkpoint.offset : 0)));
    const last = Math.max(checkpoint.segment, ...left.map(({ number }) => number));
    return new Spool(options, places, left, last + 1);
  }

  /** Bytes that wait for the store. */
  get bytes(): number {
    return this.#bytes + (this.#builder?.length ?? 0);
  }

  /** When the oldest that waits was received, epoch ms; undefined when nothing waits. */
  get oldest_at(): number | undefined {
    return this.#waiting[0]?.place.header.received_at;
  }

  /** Blocks that could not be read again: the disk gave other bytes than it took. */
  get damaged(): number {
    return this.#damaged;
  }

  /** True when nothing more is taken: the store is away for long, or the disk does not keep up. */
  get isFull(): boolean {
    return this.#bytes >= this.#limits.spool_bytes || this.#sealed.length >= this.#limits.memory_blocks;
  }

  /** True when it takes nothing more, and never will. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Largest record that it takes, in bytes. */
  get record_bytes(): number {
    return this.#limits.block_bytes - BLOCK_HEADER_BYTES - 1_024;
  }

  /** Takes bytes `from` to `to` as a record of a sender (a name of at most 512 bytes). False when it is full or closed. Throws a RangeError on a record that is too large. */
  append(sender: string, bytes: Buffer, from = 0, to = bytes.length): boolean {
    if (this.#isClosed || this.isFull) return false;
    if (to - from > this.record_bytes)
      throw new RangeError(`a record of ${to - from} bytes is too large for the spool`);
    const { clock } = this.#options;
    const builder = this.#builder ?? this.#begin();
    if (builder.append(sender, bytes, from, to, clock)) return true;
    this.#seal();
    return this.#begin().append(sender, bytes, from, to, clock);
  }

  /** Resolves when it takes records again. */
  room(): Promise<void> {
    if (!this.isFull) return Promise.resolve();
    return new Promise((resolve) => this.#room.push(resolve));
  }

  /** Waits until all that was taken so far outlives a kill -9 of the process. False when it was closed before that. */
  async keep(): Promise<boolean> {
    const builder = this.#builder ?? this.#sealed.at(-1);
    while (builder && (builder === this.#builder || this.#sealed.includes(builder))) {
      if (this.#isClosed && !this.#writing) return false;
      await (this.#writing ?? sleep(this.#limits.linger_ms));
    }
    return true;
  }

  /** The next block, in order; waits for it. Undefined when `signal` aborts, or when it is closed and all were given out. One caller at a time. */
  async next(signal: AbortSignal): Promise<SpooledBlock | undefined> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        const waiting = this.#waiting[this.#given];
        const block = waiting && (await this.#take(waiting));
        if (block) return block;
        if (waiting) continue;
        if (this.#isClosed && !this.#writing) return undefined;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
      return undefined;
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }

  /** Notes that a block that was given out is stored. */
  stored({ segment, from }: BlockPlace): void {
    const waiting = this.#waiting.find(({ place }) => place.segment === segment && place.from === from);
    if (!waiting) return;
    waiting.isStored = true;
    if (waiting.bytes) this.#held -= 1;
    this.#keepSpare(waiting.bytes);
    waiting.bytes = undefined;
    while (this.#waiting[0]?.isStored) {
      const { place } = this.#waiting[0];
      this.#bytes -= place.to - place.from;
      this.#waiting.shift();
      this.#given -= 1;
      this.#reached = { segment: place.segment.number, offset: place.to };
    }
    this.#tellRoom();
  }

  /** Takes nothing more and writes what it holds; `next` then gives out what is left. */
  async flush(): Promise<void> {
    this.#isClosed = true;
    this.#seal();
    await this.#writing;
    this.#wake();
    this.#tellRoom();
  }

  /** Ends it: what is not stored is given out again when it is next opened. */
  async close(): Promise<void> {
    await this.flush();
    clearInterval(this.#notes);
    await this.#note();
    await this.#writer.close();
    await this.#reading?.handle.close();
    this.#reading = undefined;
  }

  #begin(): BlockBuilder {
    this.#builder = new BlockBuilder(this.#spare.pop() ?? Buffer.allocUnsafeSlow(this.#limits.block_bytes));
    this.#linger = setTimeout(() => this.#seal(), this.#limits.linger_ms);
    return this.#builder;
  }

  #seal(): void {
    if (!this.#builder) return;
    clearTimeout(this.#linger);
    this.#bytes += this.#builder.length;
    this.#sealed.push(this.#builder);
    this.#builder = undefined;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
      this.#wake();
    });
  }

  async #write(): Promise<void> {
    for (let builder = this.#sealed[0]; builder; builder = this.#sealed[0]) {
      try {
        const { place, bytes } = await this.#writer.write(builder);
        this.#bytes -= builder.length;
        this.#put(place, bytes);
        this.#sealed.shift();
        this.#tellRoom();
      } catch (error) {
        // a full disk: what is in memory stays there, and at its bound nothing more is taken
        this.#options.log.error(faultFields(error), 'the spool cannot be written');
        if (this.#isClosed) return;
        await sleep(NOTE_MS);
      }
    }
  }

  #put(place: BlockPlace, bytes: Buffer | undefined): void {
    const isHeld = bytes !== undefined && this.#held < this.#limits.memory_blocks;
    if (isHeld) this.#held += 1;
    else this.#keepSpare(bytes);
    if (this.#segments.at(-1)?.number !== place.segment.number) this.#segments.push(place.segment);
    this.#waiting.push({ place, bytes: isHeld ? bytes : undefined, isStored: false });
    this.#bytes += place.to - place.from;
    this.#wake();
  }

  async #take(waiting: Waiting): Promise<SpooledBlock | undefined> {
    const { place } = waiting;
    this.#given += 1;
    if (waiting.bytes) return { ...place, bytes: waiting.bytes };
    if (this.#reading?.number !== place.segment.number) {
      await this.#reading?.handle.close();
      this.#reading = { number: place.segment.number, handle: await open(place.segment.file, 'r') };
    }
    const bytes = await readBlock(this.#reading.handle, place);
    if (bytes.length === place.to - place.from && isIntact(bytes)) return { ...place, bytes };
    this.#damaged += 1;
    this.#options.log.error({ records: place.header.records }, 'a block of the spool is damaged and left out');
    this.stored(place);
    return undefined;
  }

  #keepSpare(bytes: Buffer | undefined): void {
    if (!bytes || this.#spare.length >= this.#limits.memory_blocks) return;
    this.#spare.push(Buffer.from(bytes.buffer, bytes.byteOffset, this.#limits.block_bytes));
  }

  #tellRoom(): void {
    if (this.isFull) return;
    for (const resolve of this.#room.splice(0)) resolve();
  }

  /** Notes how far it is stored, removes segments that are, and syncs what has to wait. */
  async #note(): Promise<void> {
    try {
      const checkpoint = this.#reached;
      if (checkpoint) {
        this.#reached = undefined;
        await writeCheckpoint(this.#options.folder, checkpoint);
        while (this.#segments[0] && this.#segments[0].number < checkpoint.segment)
          await rm(this.#segments.shift()?.file ?? '', { force: true });
      }
      const oldest = this.oldest_at;
      if (oldest !== undefined && oldest < this.#options.clock() - NOTE_MS) await this.#writer.sync();
    } catch (error) {
      this.#options.log.warn(faultFields(error), 'the spool could not note how far it is stored');
    }
  }
}
