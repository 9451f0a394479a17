import { crc32 } from 'node:zlib';

/** Bytes before the records of a block: magic, bytes of records, first ordinal, records, instant of reception, checksum of the records. */
export const BLOCK_HEADER_BYTES = 28;
const MAGIC = 0x4b_4c_42_31;
/** Bytes before a record: its length, and in the topmost bit whether it names the sender of those that follow. */
const RECORD_HEADER_BYTES = 4;
const NAMES_SENDER = 0x8000_0000;

/** What the header of a block says. */
export interface BlockHeader {
  /** Bytes of its records. */
  bytes: number;
  /** The place of its first record among those of the segment, from 0. */
  first: number;
  records: number;
  /** When its first record came, epoch ms; it is taken for all, which are at most some tenths of a second younger. */
  received_at: number;
}

/** Collects records until they are worth a write. The records of one sender follow its name, which is written once. */
export class BlockBuilder {
  readonly #bytes: Buffer;
  #length = BLOCK_HEADER_BYTES;
  #records = 0;
  #sender: string | undefined;
  #received_at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get records(): number {
    return this.#records;
  }

  get length(): number {
    return this.#length;
  }

  /** Takes a record; false when it does not fit any more. */
  append(sender: string, bytes: Buffer, from: number, to: number, now: () => number): boolean {
    const isNamed = sender === this.#sender;
    const named = isNamed ? 0 : RECORD_HEADER_BYTES + Buffer.byteLength(sender);
    if (this.#length + named + RECORD_HEADER_BYTES + to - from > this.#bytes.length) return false;
    if (this.#records === 0) this.#received_at = now();
    if (!isNamed) {
      const end = this.#length + RECORD_HEADER_BYTES;
      this.#sender = sender;
      this.#length = end + this.#bytes.write(sender, end, 'utf8');
      this.#bytes.writeUInt32LE((NAMES_SENDER | (this.#length - end)) >>> 0, end - RECORD_HEADER_BYTES);
    }
    const at = this.#bytes.writeUInt32LE(to - from, this.#length);
    bytes.copy(this.#bytes, at, from, to);
    this.#length = at + to - from;
    this.#records += 1;
    return true;
  }

  /** Writes the header and gives the whole block. `first` is the ordinal of its first record. */
  seal(first: number): { bytes: Buffer; header: BlockHeader } {
    const records = this.#bytes.subarray(BLOCK_HEADER_BYTES, this.#length);
    const header = { bytes: records.length, first, records: this.#records, received_at: this.#received_at };
    this.#bytes.writeUInt32LE(MAGIC, 0);
    this.#bytes.writeUInt32LE(header.bytes, 4);
    this.#bytes.writeUInt32LE(header.first, 8);
    this.#bytes.writeUInt32LE(header.records, 12);
    this.#bytes.writeDoubleLE(header.received_at, 16);
    this.#bytes.writeUInt32LE(crc32(records), 24);
    return { bytes: this.#bytes.subarray(0, this.#length), header };
  }
}

/** The header that stands at the beginning of `bytes`; undefined when none does. */
export function readHeader(bytes: Buffer): BlockHeader | undefined {
  if (bytes.length < BLOCK_HEADER_BYTES || bytes.readUInt32LE(0) !== MAGIC) return undefined;
  return {
    bytes: bytes.readUInt32LE(4),
    first: bytes.readUInt32LE(8),
    records: bytes.readUInt32LE(12),
    received_at: bytes.readDoubleLE(16),
  };
}

/** True when the records of a whole block are those that were written. */
export function isIntact(block: Buffer): boolean {
  return crc32(block.subarray(BLOCK_HEADER_BYTES)) === block.readUInt32LE(24);
}

/** One record of a block: bytes `from` to `to` of it. */
export interface RecordSpan {
  sender: string;
  from: number;
  to: number;
}

/** The records of a whole block, in order. */
export function* recordsOf(block: Buffer): Generator<RecordSpan> {
  let sender = '';
  let at = BLOCK_HEADER_BYTES;
  while (at + RECORD_HEADER_BYTES <= block.length) {
    const word = block.readUInt32LE(at);
    const from = at + RECORD_HEADER_BYTES;
    if (word >= NAMES_SENDER) {
      at = from + word - NAMES_SENDER;
      sender = block.toString('utf8', from, at);
    } else {
      at = from + word;
      yield { sender, from, to: at };
    }
  }
}
