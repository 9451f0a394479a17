import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import type { Province, UnitInfo } from '../../contract.ts';
import { sessionOf } from '../../session.ts';

/** A unit as it travels. */
export const UnitInfoSchema = z.object({
  code: z.string(),
  path: z.string(),
  parent: z.string().nullable(),
  type: z.string(),
  name: z.string(),
  short: z.string(),
  seat: z.tuple([z.number(), z.number()]).nullable().describe('latitude, longitude'),
}) satisfies z.ZodType<UnitInfo>;

const ProvinceSchema = z.object({
  id: z.string(),
  name: TextSchema,
  heading: TextSchema,
  root: z.string(),
  map: z.string(),
  zone: z.string(),
  units: z.array(UnitInfoSchema),
}) satisfies z.ZodType<Province>;

/** The tree that a viewer sees, and what a page is headed with. */
export default function provinceRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/province',
    { schema: { tags: ['province'], summary: 'The units in scope', response: { 200: ProvinceSchema } } },
    (request) => {
      const { id, tree, units, calendar } = app.book.dashboards().province;
      const { scope } = sessionOf(request);
      const seen = units.units.filter(({ path }) => path.startsWith(scope));
      const root = seen.find(({ path }) => path === scope) ?? units.root;
      return {
        id,
        name: tree.name,
        heading: tree.heading,
        root: root.code,
        map: tree.map,
        zone: calendar.zone,
        units: seen.map(toInfo),
      };
    },
  );
}

/** What the web needs of a unit. */
export function toInfo({ code, path, parent, type, name, short, seat }: PlacedUnit): UnitInfo {
  return { code, path, parent: parent ?? null, type, name, short, seat: seat ?? null };
}
