import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { OwnEvent, PostEvents } from '../../actions/event-poster.ts';
import type { Chase, ChasePage, ChaseRequest, ChaseStep } from '../../contract-chases.ts';
import type { DossierRow } from '../../contract-dossiers.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { PageSchema } from '../dossiers/list-route.ts';
import { allFound, idsByUnit, namedDossiers, NamedSchema } from '../dossiers/named-dossiers.ts';
import { placeOf, type Place } from '../dossiers/place.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { chaseQuery, ChaseSchema, MOST_CHASES, readChases } from './chase.ts';
import { CHASE_STATES } from './states.ts';
import { CHASE_STEPS, isPossible, isTheirs } from './steps.ts';
import { checkTerm } from './term.ts';
import { createTurns } from './turns.ts';

const failures = { 400: FailureSchema, 403: FailureSchema, 404: FailureSchema, 409: FailureSchema, 503: FailureSchema };
const IdSchema = z.object({ id: z.string().min(1).max(128) });
const ListSchema = z.object({ at: z.number(), rows: z.array(ChaseSchema) }) satisfies z.ZodType<ChasePage>;
const RequestSchema = z.strictObject({
  dossier_ids: NamedSchema,
  text: z.string().trim().min(1).max(4_000),
  deadline_at: z.iso.datetime({ offset: true }),
}) satisfies z.ZodType<ChaseRequest>;

/** The event that a step is. */
const EVENTS = {
  acknowledge: 'chase.acknowledged',
  answer: 'chase.answered',
  close: 'chase.closed',
} as const satisfies Record<ChaseStep, OwnEvent['type']>;

/** Chases (đôn đốc): units are asked about dossiers, answer, or are escalated. */
export default function chaseRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const chases = chaseQuery();
  const dossiersOf = namedDossiers(app);
  const inTurn = createTurns();

  const find = async (request: FastifyRequest, place: Place, params: Record<string, string | number>) => {
    const answer = await app.gate.pass(() => app.store.run(chases, params, place.lens));
    return { at: answer.at, rows: readChases(answer, place.units, sessionOf(request)) };
  };
  const findOne = async (request: FastifyRequest, id: string): Promise<Chase> => {
    const [chase] = (await find(request, placeOf(request, {}), { chase: id })).rows;
    if (!chase) throw new IocError('IOC_CHASE_UNKNOWN');
    return chase;
  };

  app.get(
    '/chases',
    {
      schema: {
        tags: ['chases'],
        summary: 'Chases, the escalated first',
        querystring: LensQuerySchema.extend({
          state: z.enum(CHASE_STATES).optional(),
          dossier: z.string().min(1).max(128).optional(),
          limit: z.coerce.number().int().min(1).max(MOST_CHASES).default(200),
        }),
        response: { 200: ListSchema, ...failures },
      },
    },
    (request) => {
      const { state = '', dossier = '', limit, ...lens } = request.query;
      return find(request, placeOf(request, lens), { state, dossier, page: limit });
    },
  );

  app.get(
    '/chases/:id',
    {
      schema: { tags: ['chases'], summary: 'One chase', params: IdSchema, response: { 200: ChaseSchema, ...failures } },
    },
    (request) => findOne(request, request.params.id),
  );

  app.get(
    '/chases/:id/dossiers',
    {
      schema: {
        tags: ['chases'],
        summary: 'The dossiers of a chase, as they stand',
        params: IdSchema,
        response: { 200: PageSchema, ...failures },
      },
    },
    async (request) => {
      const {
        params: { id },
      } = request;
      const { unit, dossier_ids } = await findOne(request, id);
      // another unit may use the same number
      return dossiersOf(placeOf(request, unit === '' ? {} : { unit }), dossier_ids);
    },
  );

  app.post(
    '/chases',
    {
      bodyLimit: 512 * 1024,
      schema: {
        tags: ['chases'],
        summary: 'Asks units about dossiers: one chase for each unit',
        body: RequestSchema,
        response: { 201: z.object({ chases: z.array(ChaseSchema) }), ...failures },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const place = placeOf(request, {});
      checkTerm('deadline_at', body.deadline_at, place.at);
      const rows = allFound(body.dossier_ids, (await dossiersOf(place, body.dossier_ids)).rows);
      const events = sendings(rows, body, place, sessionOf(request).actor);
      request.acted = { target: events.map(({ subject }) => subject).join(' ') };
      await post(events);
      reply.code(201);
      return { chases: await Promise.all(events.map(({ subject }) => findOne(request, subject))) };
    },
  );

  app.post(
    '/chases/:id/:action',
    {
      schema: {
        tags: ['chases'],
        summary: 'Acknowledges or answers a chase, as the unit that is asked, or closes it, as who asked',
        params: IdSchema.extend({ action: z.enum(CHASE_STEPS) }),
        body: z.strictObject({ text: z.string().trim().max(4_000).optional() }).nullish(),
        response: { 200: ChaseSchema, ...failures },
      },
    },
    async (request) => {
      const {
        params: { id, action },
        body,
      } = request;
      const session = sessionOf(request);
      const text = body?.text ?? '';
      // what one act does to the state is seen by the next
      return inTurn(id, async () => {
        const { at, units } = placeOf(request, {});
        const chase = await findOne(request, id);
        request.acted = { target: `${id} ${action}`, unit: chase.unit };
        if (!isTheirs(action, chase, session, units.root.path)) throw new IocError('IOC_CHASE_PARTY');
        if (!isPossible(action, chase)) throw new IocError('IOC_CHASE_STATE', chase.state);
        if (action === 'answer' && text === '') throw new IocError('IOC_BAD_REQUEST', 'an answer has a text');
        // the same act twice at once, by two processes, is one event: its id is made of the chase and the act
        const stored = await post([
          {
            ...{ id: `${id}/${action}`, type: EVENTS[action], subject: id, unit: chase.unit, at },
            data: { actor: session.actor, text },
          },
        ]);
        // somebody else did it a moment ago, perhaps with other words: theirs stand
        if (stored === 0) throw new IocError('IOC_CHASE_STATE', 'it was done a moment ago');
        return findOne(request, id);
      });
    },
  );
}

/** One chase for each unit that the dossiers lie in; a unit that is not in the tree is asked through the root. */
function sendings(
  rows: readonly DossierRow[],
  { text, deadline_at }: ChaseRequest,
  { units, at }: Place,
  actor: string,
): OwnEvent[] {
  const day = DateTime.fromMillis(at, { zone: 'utc' }).toFormat('yyMMdd');
  return [...idsByUnit(rows, units.root.code)].map(([unit, dossier_ids]) => {
    // the same request sent twice, by two clicks or by a network that lost the answer, is one chase
    const made = createHash('sha256').update(JSON.stringify([unit, dossier_ids, text, deadline_at]));
    const subject = `DD-${day}-${made.digest('hex').slice(0, 8)}`;
    return {
      id: `${subject}/sent`,
      type: 'chase.sent',
      subject,
      unit,
      at,
      data: { actor, text, deadline_at, dossier_ids },
    };
  });
}
