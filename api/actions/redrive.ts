import { RedriveReplySchema, type Letter, type Redriven } from '#ingest/schema/redrive.ts';
import { IocError } from '../errors.ts';

/** Sends dead letters through ingest once more, and says what became of each. Throws `IOC_INGEST_AWAY`: then nothing is said, and it may be done again. */
export type Redrive = (letters: readonly Letter[]) => Promise<readonly Redriven[]>;

/** Longest time that some hundreds of letters may take, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Makes the way to ingest; `token` is the product's own. */
export function createRedrive({ url, token }: { url: string | undefined; token: string | undefined }): Redrive {
  return async (letters) => {
    if (letters.length === 0) return [];
    if (url === undefined || token === undefined)
      throw new IocError('IOC_INGEST_AWAY', 'INGEST_URL and INGEST_TOKEN are not set');
    try {
      const reply = await fetch(`${url}/v1/redrive`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ letters }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const said: unknown = await reply.json();
      if (!reply.ok) throw new Error(JSON.stringify(said));
      return RedriveReplySchema.parse(said).letters;
    } catch (error) {
      throw new IocError('IOC_INGEST_AWAY', undefined, error);
    }
  };
}
