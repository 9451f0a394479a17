import { z } from 'zod';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Failure, Pulse, PulseSource, Rows, SourceAge } from '../contract.ts';
import { ownQuery } from '../sql.ts';
import { sightOf, type Sight } from './key.ts';
import type { Registry } from './registry.ts';

/** Tells each followed scope how fresh it is. */
export interface Pulses {
  /** Begins to follow a scope: its sources become a key like any other. */
  acquire: (scope: string) => void;
  release: (scope: string) => void;
  /** Returns when the sources of the scope have been asked once. */
  first: (scope: string) => Promise<void>;
  /** The pulse of this moment. */
  of: (scope: string) => Pulse;
  /** Marks a scope, or all, as changed. */
  touch: (scope?: string) => void;
  /** Sends what is due: changed scopes at most once a second, the others every five. */
  beat: () => void;
}

/** What pulses are made of. */
export interface PulsesOptions {
  registry: Registry;
  clock: () => number;
  monotonic?: () => number;
  failure: () => Failure | null;
  send: (scope: string, pulse: Pulse) => void;
  /** Path of the province: when its rules were evaluated, and which of its sources are silent, is told to every scope. @default it is not */
  root?: (() => string) | undefined;
}

const CHANGED_MS = 1_000;
const QUIET_MS = 5_000;

interface Followed {
  /** Its sources first; then those of the whole province that every scope is told of: when rules were evaluated, and silences. */
  sights: readonly [own: Sight, evaluated?: Sight, silences?: Sight];
  viewers: number;
  isChanged: boolean;
  sent_at: number;
}

/** Makes the pulses. They send nothing by themselves: `beat` is called by the ticker. */
export function createPulses({ registry, clock, failure, send, root, ...rest }: PulsesOptions): Pulses {
  const monotonic = rest.monotonic ?? (() => performance.now());
  const query = sourcesQuery();
  const evaluated = evaluatedQuery();
  const silences = silencesQuery();
  const scopes = new Map<string, Followed>();

  const of = (scope: string): Pulse => {
    const followed = scopes.get(scope);
    const [answer, evaluations, silent] = (followed ? held(followed) : []).map(({ key }) => registry.snapshot(key));
    const ages = [answer, evaluations].flatMap((each) => (each ? toSources(each) : []));
    return {
      now: clock(),
      seqs: registry.seqs(scope),
      // nothing is said of sources before all of it is known
      sources: answer ? withSilences(ages, silent) : [],
      failure: failure() ?? answer?.failure ?? null,
    };
  };

  return {
    acquire: (scope) => {
      const now = { at: null, known_at: null };
      const own = sightOf(query, {}, { scope, ...now });
      const whole = (query: LoadedQuery): Sight | undefined => root && sightOf(query, {}, { scope: root(), ...now });
      const followed: Followed = scopes.get(scope) ?? {
        sights: [own, whole(evaluated), whole(silences)],
        viewers: 0,
        isChanged: false,
        sent_at: -Infinity,
      };
      if (followed.viewers === 0) registry.acquireAll(held(followed));
      followed.viewers += 1;
      scopes.set(scope, followed);
    },
    release: (scope) => {
      const followed = scopes.get(scope);
      if (!followed) return;
      followed.viewers -= 1;
      if (followed.viewers > 0) return;
      for (const { key } of held(followed)) registry.release(key);
      scopes.delete(scope);
    },
    first: async (scope) => {
      const followed = scopes.get(scope);
      if (followed) await Promise.all(held(followed).map(({ key }) => registry.first(key)));
    },
    of,
    touch: (scope) => {
      for (const [name, followed] of scopes) if (scope === undefined || scope === name) followed.isChanged = true;
    },
    beat: () => {
      const now = monotonic();
      for (const [scope, followed] of scopes) {
        if (now - followed.sent_at < (followed.isChanged ? CHANGED_MS : QUIET_MS)) continue;
        followed.isChanged = false;
        followed.sent_at = now;
        send(scope, of(scope));
      }
    },
  };
}

/** The sights that there are. */
const held = ({ sights }: Followed): Sight[] => sights.filter((sight) => sight !== undefined);

const FRESHNESS = {
  rows: {
    family: { type: 'text' },
    source: { type: 'text' },
    observed_at: { type: 'instant' },
    received_at: { type: 'instant' },
    is_simulated: { type: 'number' },
  },
  refresh_s: 60,
  min_interval_s: 1,
} as const;

/** How fresh every source is; read with `toSources`. */
export function sourcesQuery(): LoadedQuery {
  return ownQuery('live/sources.sql', ['source', 'alert_event'], {
    description: 'How fresh every source is',
    ...FRESHNESS,
  });
}

/** When rules were last evaluated, as a source of the alert family. It names no unit, rule or alert: whoever looks at alerts may know that they are looked for. */
function evaluatedQuery(): LoadedQuery {
  return ownQuery('live/evaluated.sql', ['alert_event'], { description: 'When rules were evaluated', ...FRESHNESS });
}

/** Which sources are beyond their own limits, as the collector reports it of the whole province. It names no unit. */
function silencesQuery(): LoadedQuery {
  return ownQuery('live/silences.sql', ['intake_event'], {
    description: 'Which sources are silent beyond their limits',
    rows: {
      ...{ family: { type: 'text' }, source: { type: 'text' } },
      ...{ limit_ms: { type: 'number', nullable: true }, is_silent: { type: 'number', nullable: true } },
    },
    refresh_s: 60,
    min_interval_s: 5,
  });
}

const SilenceRowSchema = z.tuple([z.enum(FAMILY_NAMES), z.string(), z.number().nullable(), z.number().nullable()]);

/** The sources of a scope, each with whether it is silent; those outside it are not told of. */
function withSilences(sources: readonly SourceAge[], silences: Rows | undefined): PulseSource[] {
  const known = new Map<string, boolean>();
  for (const row of silences?.rows ?? []) {
    const [family, source, , is_silent] = SilenceRowSchema.parse(row);
    if (is_silent !== null) known.set(`${family} ${source}`, is_silent > 0);
  }
  return sources.map((each) => ({ ...each, is_silent: known.get(`${each.family} ${each.source}`) ?? null }));
}

const SourceRowSchema = z.tuple([z.enum(FAMILY_NAMES), z.string(), z.number(), z.number(), z.number()]);

/** The rows of `sourcesQuery`. */
export function toSources({ rows }: Rows): SourceAge[] {
  return rows.map((row) => {
    const [family, source, observed_at, received_at, simulated] = SourceRowSchema.parse(row);
    return { family, source, observed_at, received_at, simulated: simulated > 0 };
  });
}
