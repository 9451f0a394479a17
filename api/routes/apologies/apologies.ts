import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { RULE_IDS } from '#ingest/dossier/rules.ts';
import type { OwnEvent, PostEvents } from '../../actions/event-poster.ts';
import type { ApologiesReply, ApologyRequest, ApologyRevocation, ApologySlip } from '../../contract-chases.ts';
import type { DossierRow } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { checkTerm } from '../chases/term.ts';
import { allFound, idsByUnit, namedDossiers, NamedSchema } from '../dossiers/named-dossiers.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { toRecords } from '../records.ts';

/** What is no unit's code: the slip of a dossier whose unit is not in the tree is stored among the unknown, as its dossier is. */
const NO_UNIT = '?';
const failures = { 400: FailureSchema, 404: FailureSchema, 409: FailureSchema, 503: FailureSchema };
const SlipSchema = z.object({
  dossier_id: z.string(),
  unit: z.string(),
  sent_at: z.number(),
  sent_by: z.string(),
  promised_at: z.number().nullable(),
});
const ReplySchema = z.object({ at: z.number(), rows: z.array(SlipSchema) }) satisfies z.ZodType<ApologiesReply>;
const RowSchema = SlipSchema.omit({ unit: true }).extend({ unit_path: z.string() });
const RequestSchema = z.strictObject({
  dossier_ids: NamedSchema,
  unit: z.string().max(64).optional(),
  promised_at: z.iso.datetime({ offset: true }).optional(),
}) satisfies z.ZodType<ApologyRequest>;

const RevocationSchema = z.strictObject({
  dossier_id: z.string().min(1).max(256),
  unit: z.string().max(64).optional(),
  reason: z.string().trim().min(1).max(1_000),
}) satisfies z.ZodType<ApologyRevocation>;

function slipsQuery() {
  return ownQuery('routes/apologies/list.sql', ['apology'], {
    description: 'Slips of apology of some dossiers',
    params: { ids: { type: 'String', default: '[]' } },
    rows: {
      ...{
        unit_path: { type: 'text' },
        dossier_id: { type: 'text' },
        sent_at: { type: 'instant' },
        sent_by: { type: 'text' },
      },
      promised_at: { type: 'instant', nullable: true },
    },
  });
}

function revokedQuery() {
  return ownQuery('routes/apologies/revoked.sql', ['chase_event'], {
    description: 'When a slip of apology of some dossiers was last taken back',
    params: { ids: { type: 'String', default: '[]' } },
    rows: { revoked_at: { type: 'instant' } },
  });
}

/** Slips of apology (phiếu xin lỗi và hẹn lại ngày trả kết quả): noted at the desk, since no exchange format tells of them. */
export default function apologyRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = slipsQuery();
  const revoked = revokedQuery();
  const dossiersOf = namedDossiers(app);
  const find = async (place: Place, ids: readonly string[]): Promise<ApologiesReply> => {
    const answer = await app.gate.pass(() => app.store.run(query, { ids: JSON.stringify(ids) }, place.lens));
    const codes = codesByPath(place.units);
    const rows = toRecords(answer).map((record) => RowSchema.parse(record));
    return { at: answer.at, rows: rows.map((row) => ({ ...row, unit: codes.get(row.unit_path) ?? '' })) };
  };
  const revokedAt = async (place: Place, ids: readonly string[]): Promise<number> => {
    const answer = await app.gate.pass(() => app.store.run(revoked, { ids: JSON.stringify(ids) }, place.lens));
    return z.object({ revoked_at: z.number() }).parse(toRecords(answer)[0]).revoked_at;
  };
  /** Dossiers that owe their applicants one: overdue by either rule. */
  const overdueOf = async (place: Place, ids: readonly string[]): Promise<DossierRow[]> => {
    const found = await Promise.all(RULE_IDS.map(async (rule) => (await dossiersOf(place, ids, rule)).rows));
    for (const rows of found) allFound(ids, rows);
    const overdue = found.flat().filter(({ outcome }) => outcome === 'open_overdue');
    const named = new Set(overdue.map(({ dossier_id }) => dossier_id));
    const others = ids.filter((id) => !named.has(id));
    if (others.length > 0) throw new IocError('IOC_NOT_OVERDUE', others.slice(0, 10).join(', '));
    return [...new Map(overdue.map((row) => [keyOf(row.unit, row.dossier_id), row])).values()];
  };

  app.get(
    '/apologies',
    {
      schema: {
        tags: ['apologies'],
        summary: 'The slip of apology of a dossier, if one was noted',
        querystring: LensQuerySchema.extend({ dossier: z.string().min(1).max(256) }),
        response: { 200: ReplySchema, ...failures },
      },
    },
    (request) => {
      const { dossier, ...lens } = request.query;
      return find(placeOf(request, lens), [dossier]);
    },
  );

  app.post(
    '/apologies',
    {
      schema: {
        tags: ['apologies'],
        summary: 'Notes that the applicants of dossiers were sent a slip of apology',
        body: RequestSchema,
        response: { 201: ReplySchema, ...failures },
      },
    },
    async (request, reply) => {
      const {
        body: { dossier_ids, promised_at, ...lens },
      } = request;
      const place = placeOf(request, lens);
      if (promised_at !== undefined) checkTerm('promised_at', promised_at, place.at);
      const rows = await overdueOf(place, dossier_ids);
      const { actor } = sessionOf(request);
      const standing = (await find(place, dossier_ids)).rows;
      const revoked_at = await revokedAt(place, dossier_ids);
      const notes = [...idsByUnit(fresh(rows, standing, promised_at, place.at), NO_UNIT)].map(([unit, ids]) =>
        noteOf(unit, ids, { actor, promised_at, standing, revoked_at }, place.at),
      );
      request.acted = { target: notes.map(({ subject }) => subject).join(' ') };
      await post(notes);
      reply.code(201);
      return find(placeOf(request, lens), dossier_ids);
    },
  );

  app.post(
    '/apologies/revoke',
    {
      schema: {
        tags: ['apologies'],
        summary: 'Takes back the note that a slip of apology was sent, with the reason',
        body: RevocationSchema,
        response: { 200: ReplySchema, ...failures },
      },
    },
    async (request) => {
      const {
        body: { dossier_id, reason, ...lens },
      } = request;
      const place = placeOf(request, lens);
      const { actor } = sessionOf(request);
      const slips = (await find(place, [dossier_id])).rows.filter(({ unit }) => !lens.unit || unit === lens.unit);
      if (slips.length === 0) throw new IocError('IOC_SLIP_UNKNOWN');
      request.acted = { target: dossier_id, unit: lens.unit ?? '' };
      await post(slips.map((slip) => revocationOf(slip, { actor, reason }, place.at)));
      return find(placeOf(request, lens), [dossier_id]);
    },
  );
}

/** The note that a slip is taken back, as an event; of one slip there is one. */
function revocationOf(slip: ApologySlip, { actor, reason }: { actor: string; reason: string }, at: number): OwnEvent {
  const unit = slip.unit || NO_UNIT;
  const made = createHash('sha256').update(JSON.stringify([unit, slip.dossier_id, slip.sent_at]));
  const subject = `XL-${dayOf(slip.sent_at)}-${made.digest('hex').slice(0, 8)}`;
  const data = { actor, text: reason, dossier_ids: [slip.dossier_id] };
  // it is the newer word, also within the same millisecond
  return { id: `${subject}/revoked`, type: 'apology.revoked', subject, unit, at: Math.max(at, slip.sent_at + 1), data };
}

const keyOf = (unit: string, dossier_id: string): string => `${unit} ${dossier_id}`;
const dayOf = (at: number): string => DateTime.fromMillis(at, { zone: 'utc' }).toFormat('yyMMdd');

/** Those whose newest slip is not this one already: of today, with the same appointment. */
function fresh(
  rows: readonly DossierRow[],
  standing: readonly ApologySlip[],
  promised_at: string | undefined,
  at: number,
): DossierRow[] {
  const promised = promised_at === undefined ? null : Date.parse(promised_at);
  const same = standing.filter((slip) => slip.promised_at === promised && dayOf(slip.sent_at) === dayOf(at));
  const known = new Set(same.map(({ unit, dossier_id }) => keyOf(unit, dossier_id)));
  return rows.filter(({ unit, dossier_id }) => !known.has(keyOf(unit, dossier_id)));
}

/**
 * The note as an event; the same one sent twice at once, by two clicks, is one. What stood before is part of its id: an appointment that was changed and
 * changed back is a third slip, and one that was taken back is noted anew.
 */
function noteOf(
  unit: string,
  dossier_ids: string[],
  {
    actor,
    promised_at,
    standing,
    revoked_at,
  }: { actor: string; promised_at: string | undefined; standing: readonly ApologySlip[]; revoked_at: number },
  at: number,
): OwnEvent {
  const before = standing.flatMap((slip) => ((slip.unit || NO_UNIT) === unit ? slip.sent_at : []));
  const made = createHash('sha256').update(JSON.stringify([unit, dossier_ids, promised_at, before, revoked_at]));
  const subject = `XL-${dayOf(at)}-${made.digest('hex').slice(0, 8)}`;
  const data = { actor, dossier_ids, ...(promised_at !== undefined && { deadline_at: promised_at }) };
  return { id: `${subject}/sent`, type: 'apology.sent', subject, unit, at, data };
}
