import { SettingsMap, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { FoldEvent } from '../../dossier/event-order.ts';
import { foldDossier } from '../../dossier/fold.ts';
import { DossierRowSchema } from '../fold/dossier-row.ts';
import type { TallyBucket } from '../fold/place.ts';

/** The instant looked at, and up to when what was received counts; epoch ms. */
export interface Instants {
  at: number;
  known_at: number;
}

const instant = z.coerce.number();
const EventSchema = z.object({
  dossier_id: z.string(),
  event_key: z.string(),
  source: z.string(),
  observed_at: instant,
  received_at: instant,
  simulated: z.union([z.literal(0), z.literal(1)]),
  status: z.number(),
  due_at: instant.nullable(),
  procedure_code: z.string(),
  procedure_name: z.string(),
  field_code: z.string(),
  field_name: z.string(),
  channel: z.number(),
  applicant_kind: z.number(),
  handler_path: z.string(),
  handler: z.string(),
  step_holder: z.string(),
}) satisfies z.ZodType<FoldEvent>;

const WHERE =
  'unit_path = {unit_path:String} AND opened_on >= {month:Date} AND opened_on < {month:Date} + INTERVAL 1 MONTH';
const EVENTS = `
  SELECT dossier_id, toString(event_key) AS event_key, source, toUnixTimestamp64Milli(e.observed_at) AS observed_at,
    toUnixTimestamp64Milli(e.received_at) AS received_at, simulated, status, toUnixTimestamp64Milli(e.due_at) AS due_at,
    procedure_code, procedure_name, field_code, field_name, channel, applicant_kind, handler_path, handler, step_holder
  FROM log.dossier_event AS e WHERE ${WHERE}`;

/** What of the log counts as of these instants, as a filter of its table. */
export function limitsOf({ at, known_at }: Instants): string {
  return `observed_at <= fromUnixTimestamp64Milli(${Math.trunc(at)}) AND received_at <= fromUnixTimestamp64Milli(${Math.trunc(known_at)})`;
}

/**
 * Compares what `history` says of the dossiers of one bucket as of an instant with the fold of the same events by other code
 * (`foldDossier`). Returns the numbers of the dossiers that differ. Throws what the store throws.
 */
export async function auditPast(client: ClickHouseClient, bucket: TallyBucket, instants: Instants): Promise<string[]> {
  const limits = limitsOf(instants);
  const ask = async (query: string): Promise<unknown> => {
    const reply = await client.query({
      query,
      query_params: { ...bucket },
      format: 'JSONEachRow',
      clickhouse_settings: { additional_table_filters: SettingsMap.from({ 'log.dossier_event': limits }) },
    });
    return reply.json();
  };
  const events = new Map<string, FoldEvent[]>();
  for (const event of z.array(EventSchema).parse(await ask(EVENTS))) {
    const held = events.get(event.dossier_id);
    if (held) held.push(event);
    else events.set(event.dossier_id, [event]);
  }
  const rows = z.array(DossierRowSchema).parse(await ask(`SELECT * FROM history.dossier WHERE ${WHERE}`));
  const told = new Map(rows.map((row) => [row.dossier_id, row]));
  const all = new Set([...events.keys(), ...told.keys()]);
  return [...all].filter((dossier) => {
    const row = told.get(dossier);
    const state = foldDossier(events.get(dossier) ?? []);
    const said = new Map<string, unknown>(Object.entries(row ?? {}));
    return Object.entries(state).some(([column, value]) => JSON.stringify(said.get(column)) !== JSON.stringify(value));
  });
}
