import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { IocError } from '../errors.ts';
import { AuthEventSchema, type AuthEvent } from './auth-event.ts';
import { CODE_MS } from './screen-rules.ts';
import { createDirectory, type Directory } from './directory.ts';

/** An event that is about to be kept. */
export type NewAuthEvent = AuthEvent extends infer Event
  ? Event extends AuthEvent
    ? Omit<Event, 'id' | 'at'>
    : never
  : never;

/** Keeps accounts, sessions and tokens: what happens is stored before it counts, and what happened elsewhere is read every two seconds. */
export interface Keeper {
  directory: Directory;
  /** Whether the directory was ever read: until then nobody can be known. */
  isLoaded: () => boolean;
  /** Stores what happened, then takes it in. Throws `IOC_STORE_AWAY`; nothing has changed then. */
  keep: (events: readonly NewAuthEvent[]) => Promise<void>;
  /** Called whenever something has changed. */
  listen: (changed: () => void) => void;
  /** Reads what is new, once. */
  read: () => Promise<void>;
  stop: () => Promise<void>;
}

/** What a keeper is made of. */
export interface KeeperOptions {
  /** A client of the user `keeper`. */
  client: ClickHouseClient;
  /** The wall clock, epoch ms: a session does not live by the clock of a drill. @default Date.now */
  now?: () => number;
  /** How long sessions may live; older ones are not read. */
  session_ms: number;
  every_ms?: number;
  failed?: (error: unknown) => void;
}

/** What was stored this long before the newest may still be arriving from another machine. */
const OVERLAP_MS = 60_000;
const RowSchema = z.object({
  at: z.number(),
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  actor: z.string(),
  data: z.string(),
  stored: z.number(),
});
/** Of what happens to a screen every hour only the last counts: a wall of years is read as fast as a new one. */
const SELECT = `
  SELECT toUnixTimestamp64Milli(e.at) AS at, e.id AS id, e.type AS type, e.subject AS subject, e.actor AS actor, e.data AS data,
    toUnixTimestamp64Milli(stored_at) AS stored
  FROM
  (
    SELECT * FROM auth.event AS a
    WHERE stored_at >= fromUnixTimestamp64Milli({since:Int64})
      AND (NOT startsWith(a.type, 'session.') OR a.at >= fromUnixTimestamp64Milli({sessions_since:Int64}))
      AND (a.type != 'screen.asked' OR a.at >= fromUnixTimestamp64Milli({askings_since:Int64}))
    ORDER BY stored_at DESC, a.at DESC, a.id DESC
    LIMIT 1 BY a.subject, a.type, if(a.type IN ('screen.renewed', 'screen.rotated', 'session.seen'), '', toString(a.id))
  ) AS e
  ORDER BY stored_at, e.at, e.id`;

/** Makes a keeper and begins to read. */
export function createKeeper(options: KeeperOptions): Keeper {
  const { client, now = Date.now, session_ms, every_ms = 2_000, failed = () => undefined } = options;
  const directory = createDirectory();
  let newest = 0;
  let isLoaded = false;
  const listeners: (() => void)[] = [];
  const told = (): void => listeners.forEach((changed) => changed());
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const read = async (): Promise<void> => {
    const reply = await client.query({
      query: SELECT,
      format: 'JSONEachRow',
      query_params: {
        since: Math.max(0, newest - OVERLAP_MS),
        sessions_since: now() - session_ms,
        askings_since: now() - 2 * CODE_MS,
      },
    });
    let isNews = !isLoaded;
    for (const row of z.array(RowSchema).parse(await reply.json())) {
      newest = Math.max(newest, row.stored);
      const event = AuthEventSchema.safeParse({ ...row, data: JSON.parse(row.data) });
      // an event of a newer version is none of ours
      if (event.success && directory.apply(event.data)) isNews = true;
    }
    isLoaded = true;
    if (isNews) told();
  };
  const loop = async (): Promise<void> => {
    try {
      await read();
    } catch (error) {
      failed(error);
    }
    if (isStopped) return;
    timer = setTimeout(() => {
      reading = loop();
    }, every_ms);
  };
  let reading = loop();

  return {
    directory,
    isLoaded: () => isLoaded,
    keep: async (happened) => {
      const at = now();
      const events = happened.map((event) => AuthEventSchema.parse({ ...event, at, id: randomUUID() }));
      try {
        await client.insert({
          table: 'auth.event',
          format: 'JSONEachRow',
          columns: ['at', 'id', 'type', 'subject', 'actor', 'data'],
          values: events.map((event) => ({ ...event, data: JSON.stringify(event.data) })),
        });
      } catch (error) {
        throw new IocError('IOC_STORE_AWAY', undefined, error);
      }
      for (const event of events) directory.apply(event);
      told();
    },
    listen: (changed) => void listeners.push(changed),
    read,
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await reading;
      await client.close();
    },
  };
}
