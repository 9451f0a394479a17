import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OwnEvent, PostEvents } from '../actions/event-poster.ts';
import type { Screen } from '../auth/screens.ts';
import type { ScreenOrders, ScreenSign } from '../contract-screens.ts';
import type { Io, ViewerSocket } from './io.ts';

const SignSchema = z.strictObject({
  board: z.string().max(64),
  version: z.string().max(64),
  frame_age_ms: z.number().min(0).max(1e12),
  width: z.int().min(0).max(65_535),
  height: z.int().min(0).max(65_535),
  pixel_ratio: z.number().min(0).max(100),
  uptime_ms: z.number().min(0).max(1e12),
}) satisfies z.ZodType<ScreenSign>;

/** How often the signs of screens become events, in milliseconds: a screen is dead after two minutes, so three may be lost. */
const EVERY_MS = 30_000;
/** What a screen said last may still be on its way to the store when it is put out: its end is written after that. */
const AFTER_MS = 10_000;

/** What screens are served with. */
export interface ScreensOptions {
  post: PostEvents;
  every_ms?: number | undefined;
}

/**
 * Tells screens what to show, and turns their signs into events: the first of a connection and one that shows something else at once, the others
 * twice a minute. Each process posts those of its own sockets; what stands of them all is in the store.
 */
export function serveScreens(io: Io, app: FastifyInstance, { post, every_ms = EVERY_MS }: ScreensOptions): void {
  const { keeper } = app;
  if (!keeper) return;
  const { screens } = keeper.directory;
  const signs = new Map<string, { screen: string; sign: ScreenSign; at: number; address: string }>();
  const told = new Map<string, string>();
  const ended = new Set<string>();

  const order = (socket: ViewerSocket): void => {
    const { kind, id } = socket.data.session;
    const screen = kind === 'screen' ? screens.all.get(id) : undefined;
    if (!screen) return;
    const orders = ordersOf(screen);
    const text = JSON.stringify(orders);
    if (told.get(socket.id) === text) return;
    told.set(socket.id, text);
    socket.emit('screen:orders', orders);
  };

  const rootCode = () => app.book.dashboards().province.units.root.code;
  const seen = (of: Iterable<string>): OwnEvent[] =>
    [...of].flatMap((socket) => {
      const heard = signs.get(socket);
      const screen = heard && screens.all.get(heard.screen);
      if (!screen || screen.revoked || screen.off_at !== null) return [];
      const { at, address, sign } = heard;
      const data = { name: screen.shown, address, ...sign };
      return [
        { id: randomUUID(), type: 'display.seen', subject: screen.id, unit: screen.unit ?? rootCode(), at, data },
      ];
    });
  /** When the token of a screen had lived too long; it can only be confirmed anew. */
  const expiredAt = ({ renewed_at }: Screen): number | null => {
    const at = renewed_at + app.screenLimits.life_ms;
    return at <= Date.now() ? at : null;
  };
  /** Screens that nobody expects to draw. Any process says so, and again after a restart: the event is the same one, and is kept once. */
  const gone = (): OwnEvent[] =>
    [...screens.all.values()].flatMap((screen) => {
      const since = screen.revoked?.at ?? screen.off_at ?? expiredAt(screen);
      if (since === null) return [];
      const id = `gone:${screen.id}:${since}`;
      const at = Math.min(since + AFTER_MS + app.clock() - Date.now(), app.clock() + AFTER_MS);
      const data = { name: screen.shown };
      return [{ id, type: 'display.gone', subject: screen.id, unit: screen.unit ?? rootCode(), at, data } as const];
    });
  const send = (of: Iterable<string>): void => {
    const ends = gone().filter(({ id }) => !ended.has(id));
    const events = [...seen(of), ...ends];
    if (events.length === 0) return;
    post(events).then(
      () => ends.forEach(({ id }) => ended.add(id)),
      (err: unknown) => app.log.warn({ err }, 'signs of screens could not be stored'),
    );
  };

  io.on('connection', (socket) => {
    const { kind, id } = socket.data.session;
    if (kind !== 'screen') return;
    order(socket);
    socket.on('screen:seen', (...args) => {
      const sign = SignSchema.safeParse(args[0]);
      if (!sign.success) return;
      const before = signs.get(socket.id)?.sign;
      signs.set(socket.id, { screen: id, sign: sign.data, at: app.clock(), address: socket.data.address });
      if (before?.board !== sign.data.board || before.width !== sign.data.width) send([socket.id]);
    });
    socket.on('disconnect', () => {
      signs.delete(socket.id);
      told.delete(socket.id);
    });
  });
  keeper.listen(() => {
    for (const socket of io.sockets.sockets.values()) order(socket);
    send([]);
  });
  const timer = setInterval(() => send(signs.keys()), every_ms);
  app.addHook('preClose', () => clearInterval(timer));
}

function ordersOf({ id, shown, board, message, reload_at }: Screen): ScreenOrders {
  return { id, shown, board, message, reload_at };
}
