import type { Pulse, Snapshot, SourceAge } from '#api/contract.ts';
import type { MeasuredPanel } from '#dashboards/schema/board.ts';
import { readRows } from './rows.ts';

/** What may keep a figure from being fresh, in the words of the catalogue (`reason.*`). */
export type Reason =
  'source_silent' | 'source_never' | 'ingest_late' | 'query_failed' | 'store_away' | 'socket_lost' | 'browser_frozen';

/** The reasons for which a question got no answer: what it never showed is an error. */
const UNANSWERED = new Set<Reason>(['query_failed', 'store_away']);

/** How a panel is drawn. `stale` shows the last rows without colour; `empty` has nothing to show; `error` never had anything. */
export type PanelState = 'loading' | 'fresh' | 'stale' | 'empty' | 'error';

/** The one state of a panel. `age_ms`: of its newest data while fresh, of the trouble otherwise; null when never received. */
export interface Health {
  state: PanelState;
  reason: Reason | null;
  age_ms: number | null;
}

/** Silence on the socket after which figures are marked, though the socket may call itself connected. */
export const LOST_AFTER_MS = 3_000;
/** Pulses come every five seconds at the latest; two missed ones and some delay mean that nothing comes through. */
export const PULSE_LOST_AFTER_MS = 12_000;

/** How the page hears the server. Instants are milliseconds of the page's monotonic clock. */
export interface Hearing {
  connected: boolean;
  /** Since when the socket is down; null while it is connected. */
  down_since: number | null;
  /** When the last pulse came; null before the first. */
  pulse_at: number | null;
  /** Length of a freeze of the page that no pulse has healed yet; null when there was none. */
  frozen_ms: number | null;
}

/**
 * For how long nothing has been heard, in ms; null while the server is heard. A fresh page has until the first pulse is due.
 */
export function silence(hearing: Hearing, monotonic: number): number | null {
  const since = hearing.pulse_at ?? hearing.down_since;
  if (hearing.down_since !== null && monotonic - hearing.down_since > LOST_AFTER_MS)
    return monotonic - (since ?? hearing.down_since);
  if (hearing.pulse_at !== null && monotonic - hearing.pulse_at > PULSE_LOST_AFTER_MS)
    return monotonic - hearing.pulse_at;
  return null;
}

/** The newest reception and happening of each family that a panel is made of; `undefined` for a family never received. */
function newest(
  sources: readonly SourceAge[],
  family: SourceAge['family'],
): { received: number; observed: number } | undefined {
  const own = sources.filter((source) => source.family === family);
  if (own.length === 0) return undefined;
  return {
    received: Math.max(...own.map((source) => source.received_at)),
    observed: Math.max(...own.map((source) => source.observed_at)),
  };
}

/**
 * The health of a panel's sources alone: its worst family decides, since a figure is as old as its oldest part. A family that nobody has
 * ever sent is no part of it, unless there is no other.
 */
function sourceHealth(
  panel: Pick<MeasuredPanel, 'sources' | 'stale_after_s'>,
  sources: readonly SourceAge[],
  now: number,
): Health {
  const limit = panel.stale_after_s * 1000;
  let oldest = Number.POSITIVE_INFINITY;
  let observed = Number.POSITIVE_INFINITY;
  for (const family of panel.sources) {
    const found = newest(sources, family);
    if (!found) continue;
    oldest = Math.min(oldest, found.received);
    observed = Math.min(observed, found.observed);
  }
  if (oldest === Number.POSITIVE_INFINITY) return { state: 'stale', reason: 'source_never', age_ms: null };
  const age = Math.max(0, now - oldest);
  if (age > limit) return { state: 'stale', reason: 'source_silent', age_ms: age };
  // events arrive, but all that arrive are old: the source catches up, or its clock is wrong
  if (now - observed > limit) return { state: 'stale', reason: 'ingest_late', age_ms: now - observed };
  return { state: 'fresh', reason: null, age_ms: age };
}

/**
 * The health of a panel whose queries say as of when their rows are (`as_of`): one figure may have long fallen silent while others of its family
 * still come. Undefined when no query says so; the oldest of those that do decides.
 */
function ownHealth(
  { stale_after_s }: Pick<MeasuredPanel, 'stale_after_s'>,
  snapshots: readonly (Snapshot | undefined)[],
  now: number,
): Health | undefined {
  const dated = snapshots.filter((snapshot) => snapshot?.columns.includes('as_of'));
  if (dated.length === 0) return undefined;
  const newest = dated.map((snapshot) => Math.max(...readRows(snapshot).flatMap((row) => row.number('as_of') ?? [])));
  const known = newest.filter((instant) => instant !== Number.NEGATIVE_INFINITY);
  if (known.length === 0) return { state: 'stale', reason: 'source_never', age_ms: null };
  const age_ms = Math.max(0, now - Math.min(...known));
  if (age_ms > stale_after_s * 1000) return { state: 'stale', reason: 'source_silent', age_ms };
  return { state: 'fresh', reason: null, age_ms };
}

/** What a panel's health is made of. `now` is the server's clock (epoch ms), `monotonic` the page's own. */
export interface HealthInput {
  panel: Pick<MeasuredPanel, 'sources' | 'stale_after_s'>;
  snapshots: readonly (Snapshot | undefined)[];
  /** True when the rows hold nothing that the panel could draw. */
  blank: boolean;
  pulse: (Pick<Pulse, 'failure'> & { sources: readonly SourceAge[] }) | undefined;
  hearing: Hearing;
  now: number;
  monotonic: number;
}

/** The trouble that concerns the page or the database and hides what the sources do; undefined when there is none. */
function trouble(input: HealthInput): { reason: Reason; age_ms: number | null } | undefined {
  const { hearing, pulse, snapshots, now } = input;
  const lost = silence(hearing, input.monotonic);
  if (hearing.frozen_ms !== null && lost === null) return { reason: 'browser_frozen', age_ms: hearing.frozen_ms };
  if (lost !== null) return { reason: 'socket_lost', age_ms: lost };
  const held = snapshots.filter((snapshot) => snapshot !== undefined);
  const failed = held.find((snapshot) => snapshot.failure !== null);
  // a database that hangs lets questions run out of time one by one: the pulse knows why
  const failure = pulse?.failure?.code === 'IOC_STORE_AWAY' ? pulse.failure : (failed?.failure ?? pulse?.failure);
  if (!failure) return undefined;
  const eldest = failed ?? held[0];
  const reason = failure.code === 'IOC_STORE_AWAY' ? 'store_away' : 'query_failed';
  return { reason, age_ms: eldest ? Math.max(0, now - eldest.at) : null };
}

/** The one state of a panel and its reason. */
export function healthOf(input: HealthInput): Health {
  const found = trouble(input);
  const whole = input.snapshots.length > 0 && input.snapshots.every((snapshot) => snapshot !== undefined);
  if (!whole || !input.pulse)
    return found ? { state: 'error', ...found } : { state: 'loading', reason: null, age_ms: null };
  // rows of a failed first attempt are no rows
  if (found) return { state: UNANSWERED.has(found.reason) && input.blank ? 'error' : 'stale', ...found };
  // rows came from somewhere, so the server has not looked at its sources yet: their age is not known, and not called fresh
  const isFilled = input.snapshots.some((snapshot) => snapshot !== undefined && snapshot.rows.length > 0);
  if (input.pulse.sources.length === 0 && isFilled && !input.blank)
    return { state: 'loading', reason: null, age_ms: null };
  const own = ownHealth(input.panel, input.snapshots, input.now);
  // one layer that says as of when it is does not vouch for the others
  const isAllDated = input.snapshots.every((snapshot) => snapshot?.columns.includes('as_of'));
  const ofSources = own && isAllDated ? own : sourceHealth(input.panel, input.pulse.sources, input.now);
  const health = own && ofSources.state === 'fresh' ? own : ofSources;
  return input.blank ? { ...health, state: 'empty' } : health;
}
