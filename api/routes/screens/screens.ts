import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ShownSchema, UnitSchema, unitOfScreen } from '../../auth/account-rules.ts';
import type { NewAuthEvent } from '../../auth/keeper.ts';
import { WHOLE_ROLES } from '../../auth/roles.ts';
import { readCode } from '../../auth/screen-rules.ts';
import type { Screen } from '../../auth/screens.ts';
import { createThrottle } from '../../auth/throttle.ts';
import type { AskingInfo } from '../../contract-screens.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { keeperOf } from '../session/enter.ts';
import { fleetOf, FleetSchema, seenQuery } from './fleet.ts';

const failures = {
  ...{ 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 404: FailureSchema, 429: FailureSchema },
  503: FailureSchema,
};
const IdSchema = z.object({ id: z.string().max(64) });
const AskingSchema = z.object({ board: z.string().nullable() }) satisfies z.ZodType<AskingInfo>;
const BoardSchema = z.string().min(1).max(64);
/** A message stands a day at most: one that nobody takes away must not hide a board for ever. */
const LONGEST_MIN = 1_440;
const config = { access: 'administer' } as const;
const done = { 204: z.null(), ...failures };

/** The fleet: every screen on a wall. Those of the whole province read it; an administrator lets screens in, orders and revokes them. */
export default function screenRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['screens'];
  const throttle = createThrottle();
  const seen = seenQuery();

  const screenOf = (request: { params: { id: string } }): Screen => {
    const screen = keeperOf(app).directory.screens.all.get(request.params.id);
    if (!screen) throw new IocError('IOC_SCREEN_UNKNOWN');
    return screen;
  };
  const knownBoard = (board: string): void => {
    if (!app.book.dashboards().boards.has(board)) throw new IocError('IOC_BOARD_UNKNOWN');
  };
  const keep = async (request: FastifyRequest, event: Unsigned<NewAuthEvent>): Promise<null> => {
    await keeperOf(app).keep([{ ...event, actor: sessionOf(request).actor }]);
    return null;
  };

  app.get(
    '/screens',
    {
      schema: { tags, summary: 'All screens, and how each was last seen', response: { 200: FleetSchema, ...failures } },
    },
    async (request) => {
      const { role, scope } = sessionOf(request);
      if (!WHOLE_ROLES.includes(role)) throw new IocError('IOC_FORBIDDEN');
      const { directory } = keeperOf(app);
      const signs = await app.gate.pass(() => app.store.run(seen, {}, { scope, at: null, known_at: null }));
      const when = { at: signs.at, now: Date.now(), limits: app.screenLimits };
      return fleetOf(directory.screens.all.values(), signs, when);
    },
  );

  app.get(
    '/screens/asking/:code',
    {
      config,
      schema: {
        tags,
        summary: 'The screen that shows a code: the board that it was opened at',
        params: z.object({ code: z.string().max(32) }),
        response: { 200: AskingSchema, ...failures },
      },
    },
    async (request) => {
      const { directory, read } = keeperOf(app);
      await read();
      const asking = directory.screens.askingOf(readCode(request.params.code), Date.now());
      if (!asking) throw new IocError('IOC_CODE_UNKNOWN');
      // a page that is nobody's named it: one that is not served counts for nothing
      const { board } = asking;
      return { board: board !== undefined && app.book.dashboards().boards.has(board) ? board : null };
    },
  );

  app.post(
    '/screens',
    {
      config,
      schema: {
        tags,
        summary: 'Lets in the screen that shows a code',
        body: z.strictObject({ code: z.string().max(32), shown: ShownSchema, unit: UnitSchema, board: BoardSchema }),
        response: { 201: IdSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { shown, board } = request.body;
      const { directory, read } = keeperOf(app);
      const unit = unitOfScreen(request.body.unit, app.book.dashboards().province.units);
      knownBoard(board);
      const attempt = { what: `screen ${sessionOf(request).id}`, address: request.ip };
      throttle.begin(attempt);
      // the code may be shown by another process since a moment
      await read();
      const asking = directory.screens.askingOf(readCode(request.body.code), Date.now());
      if (!asking || directory.screens.enrolledFor(asking.id)) throw new IocError('IOC_CODE_UNKNOWN');
      throttle.passed(attempt);
      const { agent, address } = asking;
      // a screen that is alive elsewhere keeps its name: only one that is out comes back as itself
      const was = asking.was === undefined ? undefined : directory.screens.all.get(asking.was);
      const id = was?.revoked ? was.id : randomUUID();
      const data = { asking: asking.id, shown, unit, board, agent, address };
      await keep(request, { type: 'screen.enrolled', subject: id, data });
      reply.code(201);
      return { id };
    },
  );

  app.patch(
    '/screens/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Renames a screen, sends it another board, or notes that it is switched off on purpose',
        params: IdSchema,
        body: z.strictObject({
          shown: ShownSchema.optional(),
          board: BoardSchema.optional(),
          off: z.boolean().optional(),
        }),
        response: done,
      },
    },
    async (request, reply) => {
      const { id } = screenOf(request);
      request.acted = { target: id };
      if (request.body.board !== undefined) knownBoard(request.body.board);
      return reply.code(204).send(await keep(request, { type: 'screen.changed', subject: id, data: request.body }));
    },
  );

  app.put(
    '/screens/:id/message',
    {
      config,
      schema: {
        tags,
        summary: 'Puts a message across the board of a screen for some minutes',
        params: IdSchema,
        body: z.strictObject({ text: z.string().trim().min(1).max(200), minutes: z.int().min(1).max(LONGEST_MIN) }),
        response: done,
      },
    },
    async (request, reply) => {
      const { id } = screenOf(request);
      request.acted = { target: id };
      const { text, minutes } = request.body;
      // what is shown on a wall is timed by the clock that the wall shows
      const message = { text, until: app.clock() + minutes * 60_000 };
      return reply.code(204).send(await keep(request, { type: 'screen.told', subject: id, data: { message } }));
    },
  );

  app.delete(
    '/screens/:id/message',
    { config, schema: { tags, summary: 'Takes the message away', params: IdSchema, response: done } },
    async (request, reply) => {
      const { id } = screenOf(request);
      request.acted = { target: id };
      return reply.code(204).send(await keep(request, { type: 'screen.told', subject: id, data: { message: null } }));
    },
  );

  app.post(
    '/screens/:id/reload',
    { config, schema: { tags, summary: 'Has a screen load its page anew', params: IdSchema, response: done } },
    async (request, reply) => {
      const { id } = screenOf(request);
      request.acted = { target: id };
      return reply.code(204).send(await keep(request, { type: 'screen.reloaded', subject: id, data: {} }));
    },
  );

  app.delete(
    '/screens/:id',
    { config, schema: { tags, summary: 'Revokes the token of a screen', params: IdSchema, response: done } },
    async (request, reply) => {
      const { id, revoked } = screenOf(request);
      request.acted = { target: id };
      const data = { reason: 'administrator' } as const;
      if (!revoked) await keep(request, { type: 'screen.revoked', subject: id, data });
      return reply.code(204).send(null);
    },
  );
}

/** An event before it is said who did it. */
type Unsigned<Event> = Event extends unknown ? Omit<Event, 'actor'> : never;
