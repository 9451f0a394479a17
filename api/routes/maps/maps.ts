import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';

/** Where the maps are: `<folder>/maps/<id>.geojson`. */
export interface MapRouteOptions {
  folder: string;
}

/** Maps as GeoJSON. The text goes out as it stands in the file. */
export default function mapRoutes(instance: FastifyInstance, { folder }: MapRouteOptions): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/maps/:id',
    {
      schema: {
        tags: ['province'],
        summary: 'A map as GeoJSON',
        params: z.object({ id: z.string().regex(/^[a-z0-9-]+$/) }),
        response: { 200: z.unknown().describe('GeoJSON'), 304: z.null().describe('not changed'), 404: FailureSchema },
      },
    },
    async ({ params, headers }, reply) => {
      const text = await readFile(join(folder, 'maps', `${params.id}.geojson`)).catch(() => undefined);
      if (!text) throw new IocError('IOC_MAP_UNKNOWN');
      const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache');
      if (headers['if-none-match']?.includes(etag)) return reply.code(304).send(null);
      return reply.type('application/geo+json').send(text);
    },
  );
}
