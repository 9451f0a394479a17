import fastify, { type FastifyReply } from 'fastify';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A stand-in for ingest that keeps the records it was sent, as text. */
export interface TestIngest {
  url: string;
  /** Records in the order in which they were stored, by the path they came by. */
  records: { path: string; text: string }[];
  /** Requests that were answered, refused ones included. */
  requests: number;
  /** Sizes of the step envelopes. */
  steps: number[];
  /** Decides what is done with the next request; undefined stores it. */
  refuse: ((reply: FastifyReply) => FastifyReply | undefined) | undefined;
  close: () => Promise<void>;
}

const EnvelopeSchema = z.strictObject({
  service: z.enum(['DongBoHoSoMC', 'CapNhatTienDoHoSoMC']),
  isUpdating: z.enum(['True', 'False']).optional(),
  data: z.array(z.unknown()),
});

/** Starts the stand-in on a free port of loopback. It speaks the three entries and knows one token. */
export async function startTestIngest(token: string): Promise<TestIngest> {
  const app = fastify({ bodyLimit: 64 * 2 ** 20, forceCloseConnections: true });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const ingest: TestIngest = {
    url: '',
    records: [],
    requests: 0,
    steps: [],
    refuse: undefined,
    close: () => app.close(),
  };
  app.post<{ Body: Buffer }>('/v1/:entry', async (request, reply) => {
    ingest.requests += 1;
    if (request.headers.authorization !== `Bearer ${token}`)
      return reply.status(401).send({ code: 'IOC_TOKEN_UNKNOWN' });
    const refused = ingest.refuse?.(reply);
    if (refused) return refused;
    const isZipped = request.headers['content-encoding'] === 'gzip';
    const body = (isZipped ? gunzipSync(request.body) : request.body).toString();
    const path = request.url;
    const texts = path.startsWith('/v1/dvcqg') ? recordsOf(body, ingest) : body.trimEnd().split('\n');
    for (const text of texts) ingest.records.push({ path, text });
    return path.startsWith('/v1/dvcqg')
      ? { error_code: '0', message: 'ok' }
      : { accepted: texts.length, duplicate: 0, rejected: [] };
  });
  ingest.url = await app.listen({ host: '127.0.0.1', port: 0 });
  return ingest;
}

function recordsOf(body: string, ingest: TestIngest): string[] {
  const { service, data } = EnvelopeSchema.parse(JSON.parse(body));
  if (service === 'CapNhatTienDoHoSoMC') ingest.steps.push(data.length);
  return data.map((record) => JSON.stringify(record));
}
