import { open, type FileHandle } from 'node:fs/promises';
import type { BlockBuilder } from './block.ts';
import { newSegment, type BlockPlace, type Segment } from './segment.ts';

/** What a writer of segments is made with. */
export interface SegmentWriterOptions {
  folder: string;
  /** The number of the first segment that it writes. */
  number: number;
  /** Bytes after which the next segment begins. */
  segment_bytes: number;
}

/** Appends blocks to segments, one after the other. One block at a time. */
export class SegmentWriter {
  readonly #options: SegmentWriterOptions;
  #number: number;
  #open: { segment: Segment; handle: FileHandle; length: number; records: number } | undefined;
  #isDirty = false;

  constructor(options: SegmentWriterOptions) {
    this.#options = options;
    this.#number = options.number;
  }

  /** Appends a block: it outlives this process from then on. Throws what the disk says; the same block may be written again. */
  async write(builder: BlockBuilder): Promise<{ place: BlockPlace; bytes: Buffer }> {
    const { folder, segment_bytes } = this.#options;
    if (this.#open && this.#open.length >= segment_bytes) await this.close();
    if (!this.#open) {
      const segment = newSegment(folder, this.#number);
      this.#open = { segment, handle: await open(segment.file, 'wx', 0o600), length: 0, records: 0 };
      this.#number += 1;
    }
    const { segment, handle, length: from, records } = this.#open;
    const { bytes, header } = builder.seal(records);
    // at its own place, so that one which the disk took in part is written over
    for (let done = 0; done < bytes.length;)
      done += (await handle.write(bytes, done, bytes.length - done, from + done)).bytesWritten;
    this.#open.length += bytes.length;
    this.#open.records += header.records;
    this.#isDirty = true;
    return { place: { segment, from, to: this.#open.length, header }, bytes };
  }

  /** Makes what was written outlive the machine. */
  async sync(): Promise<void> {
    if (!this.#isDirty || !this.#open) return;
    this.#isDirty = false;
    await this.#open.handle.datasync();
  }

  async close(): Promise<void> {
    await this.sync();
    await this.#open?.handle.close();
    this.#open = undefined;
  }
}
