import type { FastifyBaseLogger } from 'fastify';
import { z } from 'zod';
import { may } from '../auth/roles.ts';
import type { Book } from '../boards/book.ts';
import type { Ack } from '../contract.ts';
import { IocError, toFailure } from '../errors.ts';
import type { Follow } from '../live/follow.ts';
import { unitInScope } from '../session.ts';
import type { DraftBudget } from './draft-budget.ts';
import type { ViewerSocket } from './io.ts';

/** How a board is looked at. */
const looked = {
  unit: z.string().max(64).optional(),
  variables: z
    .record(z.string().max(64), z.string().max(64))
    .refine((all) => Object.keys(all).length <= 16, 'more than 16 variables')
    .optional(),
};
const WatchSchema = z.strictObject({ board: z.string().max(64), ...looked });
/** Names that files of boards may have. */
const BoardIdSchema = z
  .string()
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/);
const PreviewSchema = z.strictObject({ board: BoardIdSchema, text: z.string(), ...looked });
const SnapshotSchema = z.strictObject({ keys: z.array(z.string().max(512)).max(200) });

/** What requests are answered with. */
export interface RequestsOptions {
  book: Book;
  follow: Follow<ViewerSocket>;
  drafts: DraftBudget;
  log: FastifyBaseLogger;
}

/** Answers what a viewer asks. Whatever it sends, it gets an answer or, without an acknowledgement to call, none; it never throws. */
export function answerRequests(socket: ViewerSocket, { book, follow, drafts, log }: RequestsOptions): void {
  const answer = <T>(args: unknown[], work: (request: unknown) => Promise<T> | T) => {
    const ack = args.at(-1);
    if (!isAck<T>(ack)) return;
    Promise.resolve(args[0])
      .then(work)
      .then(
        (value) => ack({ ok: true, value }),
        (error: unknown) => {
          if (!(error instanceof IocError)) log.error({ err: error }, 'socket request failed');
          ack({ ok: false, failure: toFailure(error) });
        },
      );
  };
  socket.on('board:watch', (...args) =>
    answer(args, async (request) => {
      const { board, unit, variables } = parse(WatchSchema, request);
      const { units } = book.dashboards().province;
      const followed = await follow.watch(socket, board, unitInScope(socket.data.session, units, unit), variables);
      const faults = book.faultsOf(board);
      // after the answer, so that the viewer knows which board they belong to
      if (faults.length > 0) setImmediate(() => socket.emit('board:fault', faults));
      return followed;
    }),
  );
  socket.on('board:preview', (...args) =>
    answer(args, (request) => {
      const { session, address } = socket.data;
      if (!may(session.role, 'edit')) throw new IocError('IOC_FORBIDDEN');
      if (!drafts.take(session.account || session.id || address)) throw new IocError('IOC_TOO_MANY');
      const { board: id, text, unit, variables } = parse(PreviewSchema, request);
      const { units } = book.dashboards().province;
      return follow.preview(socket, { id, text }, unitInScope(session, units, unit), variables);
    }),
  );
  socket.on('key:snapshot', (...args) =>
    answer(args, (request) => follow.snapshots(socket, parse(SnapshotSchema, request).keys)),
  );
}

function isAck<T>(value: unknown): value is Ack<T> {
  return typeof value === 'function';
}

function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim());
  throw new IocError('IOC_BAD_REQUEST', faults.join('; '));
}
