import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client';
import type { Access } from './access.ts';

/** Options of a client. */
export interface ClientOptions {
  /** Largest number of connections kept open. @default 8 */
  connections?: number;
  /** Time after which a request is given up, in milliseconds. @default 30_000 */
  timeout_ms?: number;
  /** The caller logs what fails, so the client itself writes nothing. @default false */
  quiet?: boolean;
}

/** A client for one user. Requests and replies are compressed only where the server is not on this machine. */
export function connect(
  access: Access,
  { connections = 8, timeout_ms = 30_000, quiet = false }: ClientOptions = {},
): ClickHouseClient {
  const remote = !/^https?:\/\/(127\.|localhost|\[::1\])/.test(access.url);
  return createClient({
    url: access.url,
    username: access.username,
    password: access.password,
    application: 'toan-canh',
    max_open_connections: connections,
    request_timeout: timeout_ms,
    compression: { request: remote, response: remote },
    ...(quiet && { log: { level: ClickHouseLogLevel.OFF } }),
    // its own log quotes rows; callers log what fails, without them
    log: { level: ClickHouseLogLevel.OFF },
    keep_alive: { enabled: true, idle_socket_ttl: 2_000 },
  });
}
