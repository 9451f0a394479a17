import { createInflateRaw } from 'node:zlib';
import { TableError } from './cell.ts';

/** A file inside a zip, still compressed. */
export interface ZipPart {
  name: string;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
  /** As the directory says; `measureZip` finds out whether it is true. */
  size: number;
  bytes: Buffer;
}

/** Most files in a workbook. */
const MOST_PARTS = 5_000;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

/**
 * The files of a zip by its central directory (PKWARE APPNOTE 6.3, 4.3). Throws `IOC_FILE_FORMAT` for what is no zip, is cut off, encrypted, or
 * in the form for more than 4 GiB.
 */
export function readZip(zip: Buffer): ZipPart[] {
  const damaged = () => new TableError('IOC_FILE_FORMAT', 'the file is no XLSX workbook: it is no zip, or is damaged');
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > zip.length) throw damaged();
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_PARTS) throw new TableError('IOC_FILE_FORMAT', `the workbook has more than ${MOST_PARTS} parts`);
  const parts: ZipPart[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw damaged();
    const [flags, method] = [zip.readUInt16LE(at + 8), zip.readUInt16LE(at + 10)];
    if ((flags & 1) === 1) throw new TableError('IOC_FILE_FORMAT', 'the workbook is protected by a password');
    const [crc, packed, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24)];
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL || (method !== 0 && method !== 8)) throw damaged();
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    if (from + packed > zip.length) throw damaged();
    parts.push({ name, method, crc, size, bytes: zip.subarray(from, from + packed) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return parts;
}

/**
 * Unfolds parts to count their bytes, keeping none: a few kilobytes can unfold into gigabytes, and what a directory says of it may be a lie.
 * Throws `IOC_FILE_TOO_LARGE` as soon as there are more than `largest`, `IOC_FILE_FORMAT` when a part is not what it says it is.
 */
export async function measureZip(parts: readonly ZipPart[], largest: number): Promise<void> {
  let total = 0;
  for (const part of parts) {
    const damaged = new TableError('IOC_FILE_FORMAT', `the workbook is damaged in ${part.name.slice(0, 100)}`);
    const size = await unfoldedSize(part, largest - total).catch(() => {
      throw damaged;
    });
    total += size;
    if (total > largest)
      throw new TableError(
        'IOC_FILE_TOO_LARGE',
        `the workbook unfolds to more than ${Math.floor(largest / 2 ** 20)} MiB`,
      );
    if (size !== part.size) throw damaged;
  }
}

/** Bytes of a part; counting ends soon after `enough`. */
async function unfoldedSize(part: ZipPart, enough: number): Promise<number> {
  if (part.method === 0) return part.bytes.length;
  const inflate = createInflateRaw();
  inflate.end(part.bytes);
  let size = 0;
  for await (const chunk of inflate) {
    size += Buffer.isBuffer(chunk) ? chunk.length : 0;
    if (size > enough) break;
  }
  return size;
}

/** The bytes of a zip that holds these parts in this order, still compressed as they were. */
export function* writeZip(parts: readonly ZipPart[]): Generator<Buffer> {
  const central: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name, 'utf8');
    const local = Buffer.alloc(30);
    local.writeUInt32LE(LOCAL, 0);
    writeEntry(local, 4, part, name.length);
    yield Buffer.concat([local, name]);
    yield part.bytes;
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(CENTRAL, 0);
    entry.writeUInt16LE(20, 4);
    writeEntry(entry, 6, part, name.length);
    entry.writeUInt32LE(at, 42);
    central.push(entry, name);
    at += 30 + name.length + part.bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  yield Buffer.concat([directory, end]);
}

/** The fields that a local and a central header share, from the version needed to the lengths of the name and the extra field. */
function writeEntry(header: Buffer, at: number, part: ZipPart, nameLength: number): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(0x0800, at + 2);
  header.writeUInt16LE(part.method, at + 4);
  header.writeUInt32LE(0, at + 6);
  header.writeUInt32LE(part.crc, at + 10);
  header.writeUInt32LE(part.bytes.length, at + 14);
  header.writeUInt32LE(part.size, at + 18);
  header.writeUInt16LE(nameLength, at + 22);
}
