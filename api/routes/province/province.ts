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

/** The tree that a viewer sees, and what a page is headed with: the unit that they see, which may be the province. */
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
        ...(scope === units.root.path ? { name: tree.name, heading: tree.heading } : ownTitles(root)),
        root: root.code,
        map: tree.map,
        zone: calendar.zone,
        units: seen.map(toInfo),
      };
    },
  );
}

/** What pages and walls of one unit are headed with: its own name, not the province's. */
function ownTitles({ name }: PlacedUnit): Pick<Province, 'name' | 'heading'> {
  return { name: { vi: name, en: name }, heading: { vi: `Toàn cảnh ${name}`, en: `${name} at a glance` } };
}

/** What the web needs of a unit. */
export function toInfo({ code, path, parent, type, name, short, seat }: PlacedUnit): UnitInfo {
  return { code, path, parent: parent ?? null, type, name, short, seat: seat ?? null };
}
