import { SettingsMap, type ClickHouseSettings } from '@clickhouse/client';
import { TABLES } from '#ingest/clickhouse/relations.ts';

/**
 * Who is looking and when. `scope` is a unit path (`/H49/H49.02/`). `at` is the instant looked at, `known_at` limits to what
 * had been received by then (epoch ms); null is "now" and "open". Live is both null.
 */
export interface Lens {
  scope: string;
  at: number | null;
  known_at: number | null;
}

/** A lens as a request carries it. */
export interface Aim {
  /** `database` and the filters; nothing else may be set by the API's user. */
  settings: ClickHouseSettings & { database: 'live' | 'history' };
  /** The parameters that every query may use. */
  params: { at: Date; scope: string; depth: number };
}

/** Whether the fast tables of the present answer, or the logs do. */
export function isLive(lens: Lens): boolean {
  return lens.at === null && lens.known_at === null;
}

/**
 * Turns a lens into the database, the filters of every table and the parameters of one request. `now` is the present instant
 * (epoch ms). Throws when the scope is not a path: a prefix without its last slash would let siblings in.
 */
export function aim(lens: Lens, now: number): Aim {
  if (lens.scope.length < 3 || !lens.scope.startsWith('/') || !lens.scope.endsWith('/'))
    throw new Error(`${JSON.stringify(lens.scope)} is not a unit path`);
  const at = lens.at ?? now;
  const live = isLive(lens);
  const scoped = `startsWith(unit_path, ${quote(lens.scope)})`;
  const happened = `observed_at <= ${instant(at)}`;
  const known = lens.known_at === null ? undefined : `received_at <= ${instant(lens.known_at)}`;
  const filters: Record<string, string> = {};
  for (const table of TABLES) {
    const terms = [scoped];
    if (!live && table.observed) terms.push(happened);
    if (!live && table.timed && known !== undefined) terms.push(known);
    filters[table.name] = escape(terms.join(' AND '));
  }
  return {
    settings: { database: live ? 'live' : 'history', additional_table_filters: SettingsMap.from(filters) },
    params: { at: new Date(at), scope: lens.scope, depth: lens.scope.split('/').length - 2 },
  };
}

/** A ClickHouse string literal. */
export function quote(text: string): string {
  return `'${escape(text)}'`;
}

/** What stands between quotes, in a literal and once more around the whole filter in the map's text. */
function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0');
}

function instant(ms: number): string {
  return `fromUnixTimestamp64Milli(${Math.trunc(ms)})`;
}
