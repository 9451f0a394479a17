import { z } from 'zod';
import { IocError } from '../errors.ts';

/** A file of dossiers as somebody sent it. */
export interface SentFile {
  body: Buffer;
  type: string;
  /** What ingest is to know: mapping, source, unit, preview. */
  query: Readonly<Record<string, string | undefined>>;
}

/** What ingest said of it: its status, its whole reply, and the rows where it read them. */
export interface Imported {
  status: number;
  body: Record<string, unknown>;
  rows: { accepted: number; duplicate: number; rejected: number } | undefined;
}

/** Hands a file on to ingest, which reads one at a time. Throws `IOC_BUSY`, `IOC_INGEST_AWAY`. */
export type ImportFile = (file: SentFile) => Promise<Imported>;

/** Longest time that a file of a hundred thousand rows may take, in milliseconds. */
const PATIENCE_MS = 300_000;
const RowsSchema = z.object({ accepted: z.int(), duplicate: z.int(), rejected: z.int() });
const BodySchema = z.record(z.string(), z.unknown());

/** Makes the way to ingest; `token` is the product's own. */
export function createImportFile({ url, token }: { url: string | undefined; token: string | undefined }): ImportFile {
  return async ({ body, type, query }) => {
    if (url === undefined || token === undefined)
      throw new IocError('IOC_INGEST_AWAY', 'INGEST_URL and INGEST_TOKEN are not set');
    const asked = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) asked.set(name, value);
    try {
      const reply = await fetch(`${url}/v1/import?${asked.toString()}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type, accept: 'application/json' },
        body: new Uint8Array(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const said = BodySchema.parse(await reply.json());
      // its word on our own token is no word on who sent the file
      if (said['code'] === 'IOC_IMPORT_BUSY') throw new IocError('IOC_BUSY', 'another file is being read');
      if (reply.status === 401 || reply.status === 403 || reply.status >= 500) throw new Error(JSON.stringify(said));
      return { status: reply.status, body: said, rows: RowsSchema.safeParse(said).data };
    } catch (error) {
      if (error instanceof IocError) throw error;
      throw new IocError('IOC_INGEST_AWAY', undefined, error);
    }
  };
}
