const LF = 10;
const NUL = 0;
const CR = 13;
const SPACE = 32;
const PRI = 60;
/** Digits that an octet count may have. */
const LONGEST_COUNT = 10;

/** Gets the bytes of one message; false when it cannot be taken now, and is to be given again. */
export type OnFrame = (bytes: Buffer, from: number, to: number) => boolean;

/** What a framer is made with. */
export interface FramerOptions {
  /** Most bytes of a message that are kept; what follows of one that is longer is skipped. */
  most_bytes: number;
  onFrame: OnFrame;
}

/**
 * Cuts a stream into messages, frame by frame in either way of RFC 6587: `MSG-LEN SP <…` counts octets, anything else ends at a line feed or a NUL. A digit alone does not
 * make a count: some devices begin their lines with a number.
 */
export class Framer {
  readonly #most: number;
  readonly #onFrame: OnFrame;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of the rest in which there is no end of a line. */
  #searched = 0;
  /** What is skipped of a message that is too long: so many octets more, or all up to the end of the line. */
  #skipping: number | 'line' = 0;

  constructor({ most_bytes, onFrame }: FramerOptions) {
    this.#most = most_bytes;
    this.#onFrame = onFrame;
  }

  /** Takes what came. False when a message was not taken: it and what follows wait for `push` to be called again, with nothing. */
  push(chunk: Buffer): boolean {
    const bytes =
      this.#rest.length === 0 ? chunk : chunk.length === 0 ? this.#rest : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    let searched = this.#searched;
    let isTaken = true;
    while (at < bytes.length) {
      const end = this.#skip(bytes, at) ?? this.#frame(bytes, at, at + searched);
      if (end === 'more') {
        searched = bytes.length - at;
        break;
      }
      if (end === 'full') {
        isTaken = false;
        searched = 0;
        break;
      }
      at = end;
      searched = 0;
    }
    if (at >= bytes.length) searched = 0;
    // a copy, so that a few bytes left over do not hold on to a large buffer
    this.#rest = at >= bytes.length ? Buffer.alloc(0) : at === 0 ? bytes : Buffer.from(bytes.subarray(at));
    this.#searched = searched;
    return isTaken;
  }

  /** The stream has ended: what is left over is a message too. False as with `push`. */
  end(): boolean {
    if (!this.push(Buffer.alloc(0))) return false;
    const rest = this.#rest;
    if (rest.length > 0 && !this.#onFrame(rest, 0, Math.min(rest.length, this.#most))) return false;
    this.#rest = Buffer.alloc(0);
    return true;
  }

  /** Goes over what is skipped; undefined when nothing is. */
  #skip(bytes: Buffer, at: number): number | undefined {
    if (this.#skipping === 0) return undefined;
    if (this.#skipping === 'line') {
      const end = lineEnd(bytes, at);
      if (end === -1) return bytes.length;
      this.#skipping = 0;
      return end + 1;
    }
    const end = Math.min(bytes.length, at + this.#skipping);
    this.#skipping -= end - at;
    return end;
  }

  #frame(bytes: Buffer, at: number, searchFrom: number): number | 'more' | 'full' {
    const counted = readCount(bytes, at);
    if (counted === 'more') return 'more';
    if (counted) {
      const kept = Math.min(counted.count, this.#most);
      if (bytes.length < counted.from + kept) return 'more';
      if (!this.#onFrame(bytes, counted.from, counted.from + kept)) return 'full';
      this.#skipping = counted.count - kept;
      return counted.from + kept;
    }
    const end = lineEnd(bytes, searchFrom);
    if (end === -1 && bytes.length - at <= this.#most) return 'more';
    const until = end === -1 ? bytes.length : end;
    const kept = Math.min(until, at + this.#most);
    const text = bytes[kept - 1] === CR && kept === end ? kept - 1 : kept;
    if (!this.#onFrame(bytes, at, text)) return 'full';
    if (end === -1) this.#skipping = 'line';
    return end === -1 ? until : end + 1;
  }
}

/** The next line feed or NUL. */
function lineEnd(bytes: Buffer, from: number): number {
  const feed = bytes.indexOf(LF, from);
  const nul = (feed === -1 ? bytes : bytes.subarray(0, feed)).indexOf(NUL, from);
  return nul === -1 ? feed : nul;
}

/** The octet count at a place; undefined when there is none. */
function readCount(bytes: Buffer, at: number): { count: number; from: number } | 'more' | undefined {
  const first = bytes[at] ?? 0;
  if (first < 49 || first > 57) return undefined;
  let count = 0;
  for (let place = at; place <= at + LONGEST_COUNT; place += 1) {
    const code = bytes[place];
    if (code === undefined) return 'more';
    if (code === SPACE) {
      const next = bytes[place + 1];
      if (next === undefined) return 'more';
      return next === PRI ? { count, from: place + 1 } : undefined;
    }
    if (code < 48 || code > 57) return undefined;
    count = count * 10 + code - 48;
  }
  return undefined;
}
