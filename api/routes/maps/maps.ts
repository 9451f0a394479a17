import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';

/** Where the maps are: `<folder>/maps/<id>.geojson`. */
export interface MapRouteOptions {
  folder: string;
}

const MapSchema = z.looseObject({
  features: z.array(z.looseObject({ properties: z.looseObject({ unit: z.string().optional() }) })),
});

/** The areas of a map that lie within a scope: the others have names too. Throws `IOC_MAP_UNKNOWN` for a file that is no map of units. */
function partOf(whole: string, scope: string, units: UnitIndex): string {
  const map = MapSchema.safeParse(JSON.parse(whole));
  if (!map.success) throw new IocError('IOC_MAP_UNKNOWN');
  const isSeen = (unit: string | undefined) => unit !== undefined && units.byCode(unit)?.path.startsWith(scope);
  return JSON.stringify({
    ...map.data,
    features: map.data.features.filter(({ properties }) => isSeen(properties.unit)),
  });
}

/** Maps as GeoJSON. For those who see the whole province the text goes out as it stands in the file. */
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
    async (request, reply) => {
      const { params, headers } = request;
      const whole = await readFile(join(folder, 'maps', `${params.id}.geojson`), 'utf8').catch(() => undefined);
      if (whole === undefined) throw new IocError('IOC_MAP_UNKNOWN');
      const { units } = app.book.dashboards().province;
      const { scope } = sessionOf(request);
      const text = scope === units.root.path ? whole : partOf(whole, scope, units);
      const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache');
      if (headers['if-none-match']?.includes(etag)) return reply.code(304).send(null);
      return reply.type('application/geo+json').send(text);
    },
  );
}
