import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { OwnEvent, PostEvents } from '../../actions/event-poster.ts';
import type { ApologiesReply, ApologyRequest } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { allFound, idsByUnit, namedDossiers, NamedSchema } from '../dossiers/named-dossiers.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { toRecords } from '../records.ts';

const failures = { 400: FailureSchema, 404: FailureSchema, 503: FailureSchema };
const SlipSchema = z.object({
  dossier_id: z.string(),
  sent_at: z.number(),
  sent_by: z.string(),
  promised_at: z.number().nullable(),
});
const ReplySchema = z.object({ at: z.number(), rows: z.array(SlipSchema) }) satisfies z.ZodType<ApologiesReply>;
const RequestSchema = z.strictObject({
  dossier_ids: NamedSchema,
  promised_at: z.iso.datetime({ offset: true }).optional(),
}) satisfies z.ZodType<ApologyRequest>;

function slipsQuery() {
  return ownQuery('routes/apologies/list.sql', ['apology'], {
    description: 'Slips of apology of some dossiers',
    params: { ids: { type: 'String', default: '' } },
    rows: {
      ...{ dossier_id: { type: 'text' }, sent_at: { type: 'instant' }, sent_by: { type: 'text' } },
      promised_at: { type: 'instant', nullable: true },
    },
  });
}

/** Slips of apology (phiếu xin lỗi và hẹn lại ngày trả kết quả): noted at the desk, since no exchange format tells of them. */
export default function apologyRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = slipsQuery();
  const dossiersOf = namedDossiers(app);
  const find = async (place: Place, ids: readonly string[]): Promise<ApologiesReply> => {
    const answer = await app.gate.pass(() => app.store.run(query, { ids: ids.join(',') }, place.lens));
    return { at: answer.at, rows: toRecords(answer).map((record) => SlipSchema.parse(record)) };
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
        body: { dossier_ids, promised_at },
      } = request;
      const place = placeOf(request, {});
      if (promised_at !== undefined && Date.parse(promised_at) <= place.at)
        throw new IocError('IOC_BAD_REQUEST', 'promised_at has passed');
      const rows = allFound(dossier_ids, (await dossiersOf(place, dossier_ids)).rows);
      const { actor } = sessionOf(request);
      const notes = [...idsByUnit(rows, place.units)].map(([unit, ids]) =>
        noteOf(unit, ids, { actor, promised_at }, place.at),
      );
      request.acted = { target: notes.map(({ subject }) => subject).join(' ') };
      await post(notes);
      reply.code(201);
      return find(placeOf(request, {}), dossier_ids);
    },
  );
}

/** The note as an event; the same one sent twice, by two clicks or by a network that lost the answer, is one. */
function noteOf(
  unit: string,
  dossier_ids: string[],
  { actor, promised_at }: { actor: string; promised_at: string | undefined },
  at: number,
): OwnEvent {
  const made = createHash('sha256').update(JSON.stringify([unit, dossier_ids, promised_at]));
  const day = DateTime.fromMillis(at, { zone: 'utc' }).toFormat('yyMMdd');
  const subject = `XL-${day}-${made.digest('hex').slice(0, 8)}`;
  const data = { actor, dossier_ids, ...(promised_at !== undefined && { deadline_at: promised_at }) };
  return { id: `${subject}/sent`, type: 'apology.sent', subject, unit, at, data };
}
