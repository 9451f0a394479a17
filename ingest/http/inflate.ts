import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { RequestFault } from '../errors.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;
type Encoding = keyof typeof DECODERS;

const isEncoding = (name: string): name is Encoding => Object.hasOwn(DECODERS, name);

/** True when bodies of this content encoding can be read. */
export function isKnownEncoding(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === 'identity' || isEncoding(encoding.trim().toLowerCase());
}

/**
 * The body as it was before compression. Throws a `RequestFault`: `IOC_CONTENT_ENCODING`, `IOC_BODY_DAMAGED`, or
 * `IOC_BODY_TOO_LARGE` as soon as it has unfolded to more than `largest` bytes.
 */
export async function inflateBody(body: Buffer, encoding: string | undefined, largest: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return body;
  if (!isEncoding(name)) throw new RequestFault('IOC_CONTENT_ENCODING', Object.keys(DECODERS).join(', '));
  try {
    return await DECODERS[name](body, { maxOutputLength: largest });
  } catch (error) {
    if (error instanceof RangeError) throw new RequestFault('IOC_BODY_TOO_LARGE', `at most ${largest} bytes inflated`);
    throw new RequestFault('IOC_BODY_DAMAGED', undefined, { cause: error });
  }
}
