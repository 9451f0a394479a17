import type { LoadedRule } from '#dashboards/dashboards.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { AlertSeverity } from '../contract-alerts.ts';
import { toFailure } from '../errors.ts';
import { sightOf, type Sight } from '../live/key.ts';
import type { Answer, Store } from '../store.ts';
import { evaluateRule, isScheduled, type Instances, type Move } from './evaluate-rule.ts';

/** A period, the rules that are to be evaluated over it, and what they ask. Instants are epoch ms. */
export interface ReplayOptions {
  store: Pick<Store, 'run'>;
  rules: readonly LoadedRule[];
  working: Pick<WorkingTime, 'isWorking'>;
  /** The path looked at: `/H49/`. */
  scope: string;
  from: number;
  to: number;
  /** Shortest time between two evaluations of a rule, in milliseconds: a long period is replayed sooner in wider steps. @default 0 */
  step_ms?: number;
}

/** An alert as it would have been: one that fired, or of which nothing was known for too long. */
export interface ReplayedAlert {
  rule: string;
  labels: Record<string, string>;
  unit: string | undefined;
  text: string;
  /** The gravest that it was. */
  severity: AlertSeverity;
  onset_at: number;
  fired_at: number;
  /** The value when it fired. */
  value: number | null;
  /** Null where the period ended before it. */
  resolved_at: number | null;
}

/**
 * Evaluates rules over a period of the past, each at every `every` from its beginning, with what the log says of each instant. Nothing is known of what was before the
 * period. Alerts in order of when they fired. Throws when the database is away.
 */
export async function replayRules(options: ReplayOptions): Promise<ReplayedAlert[]> {
  const alerts: ReplayedAlert[] = [];
  for (const group of asked(options.rules, options.scope)) alerts.push(...(await replayGroup(group, options)));
  return alerts.sort((one, other) => one.fired_at - other.fired_at || (one.rule < other.rule ? -1 : 1));
}

async function replayGroup(
  { sight, rules }: { sight: Sight; rules: readonly LoadedRule[] },
  { store, working, from, to, step_ms = 0 }: ReplayOptions,
): Promise<ReplayedAlert[]> {
  const alerts: ReplayedAlert[] = [];
  const states = new Map<string, Instances>();
  const open = new Map<string, ReplayedAlert>();
  for (const at of ticksOf(rules, { from, to, step_ms })) {
    const answer = await ask(store, sight, at);
    for (const rule of rules.filter(({ every }) => (at - from) % Math.max(every, step_ms) === 0)) {
      const before = states.get(rule.id) ?? new Map();
      const { after, moves } = evaluateRule(rule, before, answer, at, isScheduled(rule.schedule, working, at));
      states.set(rule.id, after);
      for (const move of moves) note(move, { rule: rule.id, at, open, alerts });
    }
  }
  return alerts;
}

/** Rules that ask the same share its answers. */
function asked(rules: readonly LoadedRule[], scope: string): { sight: Sight; rules: LoadedRule[] }[] {
  const groups = new Map<string, { sight: Sight; rules: LoadedRule[] }>();
  for (const rule of rules) {
    const sight = sightOf(rule.loaded, rule.params, { scope, at: null, known_at: null });
    const group = groups.get(sight.key) ?? { sight, rules: [] };
    groups.set(sight.key, { ...group, rules: [...group.rules, rule] });
  }
  return [...groups.values()];
}

/** The instants at which any of the rules is evaluated, in order. */
function ticksOf(
  rules: readonly LoadedRule[],
  { from, to, step_ms }: { from: number; to: number; step_ms: number },
): number[] {
  const ticks = new Set<number>();
  for (const every of new Set(rules.map((rule) => Math.max(rule.every, step_ms))))
    for (let at = from; at <= to; at += every) ticks.add(at);
  return [...ticks].sort((a, b) => a - b);
}

async function ask(store: Pick<Store, 'run'>, { query, params, lens }: Sight, at: number): Promise<Answer | 'failed'> {
  try {
    return await store.run(query, params, { ...lens, at });
  } catch (error) {
    if (toFailure(error).code === 'IOC_STORE_AWAY') throw error;
    return 'failed';
  }
}

/** Notes where an instance went. */
function note(
  { key, labels, unit, text, moved, severity, onset_at, value }: Move,
  { rule, at, open, alerts }: { rule: string; at: number; open: Map<string, ReplayedAlert>; alerts: ReplayedAlert[] },
): void {
  const slot = `${rule} ${key}`;
  const alert = open.get(slot);
  if (alert) {
    if (severity > alert.severity) alert.severity = severity;
    if (moved !== 'resolved') return;
    alert.resolved_at = at;
    open.delete(slot);
  } else if (moved === 'firing' || moved === 'no_data' || moved === 'error') {
    const fired = { rule, labels, unit, text, severity, onset_at, fired_at: at, value, resolved_at: null };
    open.set(slot, fired);
    alerts.push(fired);
  }
}
