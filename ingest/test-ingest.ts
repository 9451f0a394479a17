import { join } from 'node:path';
import { pino } from 'pino';
import { createIngest, type IngestOptions } from './app.ts';
import { startTestStore, type TestStore } from './clickhouse/test-store.ts';
import { openTokens } from './tokens.ts';
import { testUnits } from './test-units.ts';

/** The token of tests; it stands for any source. */
export const TEST_TOKEN = 'token-of-the-tests';

/** A reply with its status and its body as JSON. */
export interface TestReply {
  status: number;
  headers: Headers;
  body: unknown;
}

/** An ingest that listens on loopback, before a real store. */
export interface TestIngest {
  url: string;
  store: TestStore;
  /** Posts a body with the token of the tests. */
  post: (path: string, body: string | Uint8Array, headers?: Record<string, string>) => Promise<TestReply>;
  /** Rows of a query, as `JSONEachRow`. */
  rows: (query: string) => Promise<unknown[]>;
  /** The first column of the first row, as a number. */
  count: (query: string) => Promise<number>;
  close: () => Promise<void>;
}

/** Starts an ingest with an empty store. `options` replace what it is made with. */
export async function startTestIngest(
  options: Partial<IngestOptions> & { tokensFile?: string } = {},
): Promise<TestIngest> {
  const store = await startTestStore();
  const log = pino({ level: 'silent' });
  const ingest = createIngest({
    client: store.writer,
    units: testUnits(),
    tokens: await openTokens({ file: options.tokensFile ?? '/nonexistent', extra: TEST_TOKEN, log }),
    clock: Date.now,
    log,
    imports_dir: join(import.meta.dirname, '..', 'dashboards', 'imports'),
    feeds_dir: join(import.meta.dirname, '..', 'dashboards', 'feeds'),
    body_bytes: 32 * 2 ** 20,
    inflated_bytes: 128 * 2 ** 20,
    ...options,
  });
  const url = await ingest.server.listen({ host: '127.0.0.1', port: 0 });
  await ingest.prepare();
  /** Asks when `live` has followed what was acknowledged. */
  const ask = async (query: string, format: 'JSONEachRow' | 'JSONCompactEachRow'): Promise<unknown[]> => {
    await ingest.folded();
    return (await store.owner.query({ query, format })).json();
  };
  const rows = (query: string) => ask(query, 'JSONEachRow');
  return {
    url,
    store,
    rows,
    count: async (query) => {
      const [first] = await ask(query, 'JSONCompactEachRow');
      return Number(Array.isArray(first) ? first[0] : Number.NaN);
    },
    post: async (path, body, headers = {}) => {
      const reply = await fetch(`${url}${path}`, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json', ...headers },
      });
      return { status: reply.status, headers: reply.headers, body: await reply.json() };
    },
    close: async () => {
      await ingest.close();
      await store.close();
    },
  };
}
