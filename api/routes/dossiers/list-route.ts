import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { DossierPage } from '../../contract-dossiers.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { FilterSchema } from './filter.ts';
import { dossierPages } from './page.ts';
import { placeOf } from './place.ts';
import { MOST_ROWS, SORTS } from './queries.ts';
import { DossierRowSchema } from './rows.ts';

/** How a list is ordered: a sort, `-` before it for the other way round. */
const SortSchema = z
  .string()
  .default('due')
  .transform((text) => ({ sort: text.replace(/^-/, ''), descending: text.startsWith('-') ? 1 : 0 }))
  .pipe(z.strictObject({ sort: z.enum(SORTS), descending: z.literal([0, 1]) }));

/** What a list is asked with. */
export const ListQuerySchema = FilterSchema.extend({
  sort: SortSchema.describe(`one of ${SORTS.join(', ')}; with - before it the other way round`),
  limit: z.coerce.number().int().min(1).max(MOST_ROWS).default(100),
  after: z.string().max(2048).optional().describe('`next` of the page before'),
});

/** A page of dossiers, as it is replied. */
export const PageSchema = z.object({
  at: z.number().describe('the instant that the list is true for'),
  rule: z.enum(RULE_IDS),
  count: z.int().describe('length of the whole list'),
  rows: z.array(DossierRowSchema),
  next: z.string().nullable().describe('`after` of the next page'),
}) satisfies z.ZodType<DossierPage>;

/** The list that any figure leads to. */
export default function listRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const pageOf = dossierPages(app);
  app.get(
    '/dossiers',
    {
      schema: {
        tags: ['dossiers'],
        summary: 'Dossiers, narrowed and in order',
        querystring: ListQuerySchema,
        response: { 200: PageSchema, 400: FailureSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const {
        query: { sort, limit, after, ...filter },
      } = request;
      return pageOf(placeOf(request, filter), filter, { ...sort, limit, after });
    },
  );
}
