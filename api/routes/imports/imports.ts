import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ImportFile } from '../../actions/import-file.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { MappingSchema, readMappings } from './mappings.ts';

/** Largest file, as ingest takes it unless it is told otherwise. */
const LARGEST = 32 * 2 ** 20;
const TYPES = [
  'text/csv',
  'text/tab-separated-values',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];
const QuerySchema = z.strictObject({
  /** What the file is called, for the audit log. */
  name: z.string().trim().min(1).max(256),
  mapping: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  source: z.string().min(1).max(256).optional(),
  unit: z.string().min(1).max(64).optional(),
  preview: z.enum(['0', '1']).default('0'),
});
/** What files are handed to, and the dashboards folder, whose mappings are offered. */
export interface ImportRouteOptions {
  importFile: ImportFile;
  folder: string;
}

/** What ingest said, as it said it. */
const SaidSchema = z.looseObject({});

/**
 * The door by which people bring files of dossiers: as `/v1/import` of ingest, which is for software with a token of its own, but by an account, so that the
 * audit log says who brought which file. Rows name any unit, so it is for those who act for the whole province.
 */
export default function importRoutes(instance: FastifyInstance, { importFile, folder }: ImportRouteOptions): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.addContentTypeParser(TYPES, { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) =>
    done(null, body),
  );
  app.get(
    '/imports/mappings',
    {
      config: { access: 'import' },
      schema: {
        tags: ['sources'],
        summary: 'The mappings that files of dossiers may be read by, and the columns that each knows',
        response: { 200: z.array(MappingSchema), 401: FailureSchema, 403: FailureSchema },
      },
    },
    () => readMappings(folder),
  );
  app.post(
    '/imports',
    {
      bodyLimit: LARGEST,
      config: { access: 'import' },
      schema: {
        tags: ['sources'],
        summary: 'Imports a file of dossiers (CSV, XLSX) by a mapping, or says what it would bring',
        querystring: QuerySchema,
        response: {
          ...{ 200: SaidSchema, 400: SaidSchema, 409: SaidSchema, 413: SaidSchema, 415: SaidSchema, 422: SaidSchema },
          ...{ 401: FailureSchema, 403: FailureSchema, 429: SaidSchema, 503: FailureSchema },
        },
      },
    },
    async (request, reply) => {
      const { name, ...query } = request.query;
      const file = nameOf(name);
      request.acted = { target: file };
      if (!Buffer.isBuffer(request.body)) throw new IocError('IOC_BAD_REQUEST', `a body of ${TYPES.join(', ')}`);
      const { status, body, rows } = await importFile({
        body: request.body,
        type: request.headers['content-type'] ?? '',
        query,
      });
      const counts = rows && `${rows.accepted} accepted, ${rows.duplicate} duplicate, ${rows.rejected} rejected`;
      request.acted = { target: [file, query.preview === '1' ? 'preview' : counts].filter(Boolean).join(': ') };
      return reply.code(known(status)).send(body);
    },
  );
}

/** The statuses that the schema names; any other refusal is one of what was asked. */
function known(status: number): 200 | 400 | 409 | 413 | 415 | 422 | 429 {
  const all = [200, 409, 413, 415, 422, 429] as const;
  return all.find((each) => each === status) ?? 400;
}

/** A file's own name, without folders, what steers a terminal, and numbers as long as those of people and telephones. */
function nameOf(text: string): string {
  const [name = ''] = text.split(/[\\/]/).slice(-1);
  return name
    .replaceAll(/\p{Cc}/gu, '')
    .replaceAll(/\d{9,}/g, '…')
    .slice(0, 128);
}
