import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UnitNetwork } from '../../contract-units.ts';
import type { Rows } from '../../contract.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { placeOf } from '../dossiers/place.ts';
import { toRecords } from '../records.ts';
import { unitQueries } from './queries.ts';

/** Most links that are named; all are counted. */
const MOST_NAMED = 12;

const LinkSchema = z.object({
  link_id: z.string(),
  unit: z.string(),
  state: z.enum(['down', 'silent', 'up']),
  since: z.number().nullable(),
  ring: z.string(),
  latency_ms: z.number().nullable(),
  simulated: z.int(),
});
const ThreatSchema = z.object({
  id: z.string(),
  observed_at: z.number(),
  unit: z.string(),
  severity: z.int(),
  signature: z.string(),
  asset: z.string(),
  simulated: z.int(),
});
const NetworkSchema = z.object({
  at: z.number(),
  links: z
    .object({ counts: z.object({ down: z.int(), silent: z.int(), up: z.int() }), rows: z.array(LinkSchema) })
    .nullable(),
  threats: z.object({ by_severity: z.array(z.int()).length(5), rows: z.array(ThreatSchema) }).nullable(),
}) satisfies z.ZodType<UnitNetwork>;
const NumbersSchema = z.object({ s0: z.int(), s1: z.int(), s2: z.int(), s3: z.int(), s4: z.int() });

/** The links and security alerts of a unit and what is below it. */
export default function networkRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const queries = unitQueries();
  app.get(
    '/units/:code/network',
    {
      schema: {
        tags: ['units'],
        summary: 'Links, and security alerts of 24 hours',
        params: z.object({ code: z.string().max(64) }),
        response: { 200: NetworkSchema, 404: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { lens } = placeOf(request, { unit: request.params.code });
      const [links, threats] = await Promise.all([
        app.gate.pass(() => app.store.run(queries.links, {}, lens)),
        app.gate.pass(() => app.store.run(queries.threats, {}, lens)),
      ]);
      return { at: links.at, links: readLinks(links), threats: readThreats(threats) };
    },
  );
}

function readLinks(answer: Rows): UnitNetwork['links'] {
  const rows = toRecords(answer).map((record) => LinkSchema.parse(record));
  if (rows.length === 0) return null;
  const of = (state: (typeof rows)[number]['state']) => rows.filter((row) => row.state === state).length;
  const counts = { down: of('down'), silent: of('silent'), up: of('up') };
  return { counts, rows: rows.slice(0, MOST_NAMED) };
}

function readThreats(answer: Rows): UnitNetwork['threats'] {
  const records = toRecords(answer);
  const [first] = records;
  if (first === undefined) return null;
  const { s0, s1, s2, s3, s4 } = NumbersSchema.parse(first);
  const rows = records.filter(({ id }) => id !== '').map((record) => ThreatSchema.parse(record));
  return { by_severity: [s0, s1, s2, s3, s4], rows };
}
