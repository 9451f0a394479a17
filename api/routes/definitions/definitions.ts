import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { panelExamples } from '#dashboards/load/panel-examples.ts';
import { readFolder } from '#dashboards/load/read-folder.ts';
import { KIND_COLUMNS } from '#dashboards/schema/kind-columns.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import type { Definitions } from '../../contract-definitions.ts';
import { FailureSchema } from '../../plugins/errors.ts';

const ValueSchema = z.union([z.number(), z.string()]);
const DefinitionsSchema = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      columns: z.record(z.string(), z.array(z.string())),
      example: z.object({ board: z.string(), panel: z.string(), text: z.string() }).nullable(),
    }),
  ),
  queries: z.array(
    z.object({
      id: z.string(),
      description: z.string(),
      params: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          default: ValueSchema,
          allowed: z.array(ValueSchema).nullable(),
        }),
      ),
      rows: z.record(z.string(), z.string()),
    }),
  ),
  metrics: z.array(z.object({ id: z.string(), name: TextSchema, unit: TextSchema, definition: TextSchema })),
}) satisfies z.ZodType<Definitions>;

/** What whoever writes a board may name, as it is served now. `folder` is that of the files, from which examples are taken. */
export default function definitionsRoute(instance: FastifyInstance, { folder }: { folder: string }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/definitions',
    {
      config: { access: 'edit' },
      schema: {
        tags: ['boards'],
        summary: 'Kinds of panels with an example of each, queries and metrics: what boards are made of',
        response: { 200: DefinitionsSchema, 401: FailureSchema, 403: FailureSchema },
      },
    },
    async () => {
      const { boards, queries, metrics } = app.book.dashboards();
      const { files } = await readFolder(folder);
      // of a file with faults an older version is served: it is no example
      const examples = panelExamples(
        [...boards.keys()].flatMap((id) => {
          const text = files.get(`boards/${id}.yaml`);
          return text === undefined || app.book.faultsOf(id).length > 0 ? [] : [{ id, text }];
        }),
      );
      return {
        kinds: Object.entries(KIND_COLUMNS).map(([kind, columns]) => ({
          kind,
          columns: Object.fromEntries(Object.entries(columns).map(([role, names]) => [role, [...names]])),
          example: examples.get(kind) ?? null,
        })),
        queries: queriesOf(queries),
        metrics: [...metrics].map(([id, { name, unit, definition }]) => ({ id, name, unit, definition })),
      };
    },
  );
}

function queriesOf(queries: Dashboards['queries']): Definitions['queries'] {
  return [...queries.values()].map(({ id, description, params, rows }) => ({
    id,
    description,
    params: Object.entries(params).map(([name, { type, default: value, allowed }]) => ({
      ...{ name, type },
      default: value,
      allowed: allowed ?? null,
    })),
    rows: Object.fromEntries(Object.entries(rows).map(([name, { type }]) => [name, type])),
  }));
}
