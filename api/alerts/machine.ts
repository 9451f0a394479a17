import type { AlertSeverity, ConditionState } from '../contract-alerts.ts';

/** How long a condition must hold before it fires, and how long it is kept firing after it has ceased to; milliseconds. */
export interface Timing {
  for_ms: number;
  keep_ms: number;
}

/**
 * What one evaluation saw of one instance: its condition holds (with `as` telling a missing or failed measurement from a bad one), it does not, or nothing can be
 * said and everything stays as it is.
 */
export type Sight =
  | { holds: true; as: 'firing' | 'no_data' | 'error'; severity: AlertSeverity }
  | { holds: false }
  | { holds: 'unknown' };

/** One instance of a rule whose condition is not normal. Instants are epoch ms. */
export interface Instance {
  state: ConditionState;
  severity: AlertSeverity;
  /** Since when its condition holds. */
  onset_at: number;
  /** When it fired; null while it is pending. */
  fired_at: number | null;
  /** When its condition ceased to hold, while it recovers. */
  cleared_at: number | null;
}

/** What an evaluation made of an instance; `moved` is where it went, undefined when it stayed. An instance that is resolved is no longer there. */
export interface Step {
  after: Instance | undefined;
  moved: ConditionState | 'resolved' | undefined;
}

/**
 * One evaluation of one instance at `at`: the machine of Prometheus's alerting rules (rules/alerting.go), with keep_firing_for shown as `recovering`. Evaluations of an
 * instance come in order of time; a gap between two of them is as if nothing had been looked at in between.
 */
export function step({ for_ms, keep_ms }: Timing, before: Instance | undefined, sight: Sight, at: number): Step {
  if (sight.holds === 'unknown') return { after: before, moved: undefined };
  if (sight.holds) return holding(before ?? begun(sight.severity, at), before?.state, for_ms, sight, at);
  if (!before) return { after: undefined, moved: undefined };
  if (before.state === 'pending') return { after: undefined, moved: 'resolved' };
  const cleared_at = before.cleared_at ?? at;
  if (at - cleared_at >= keep_ms) return { after: undefined, moved: 'resolved' };
  return {
    after: { ...before, state: 'recovering', cleared_at },
    moved: before.state === 'recovering' ? undefined : 'recovering',
  };
}

function begun(severity: AlertSeverity, at: number): Instance {
  return { state: 'pending', severity, onset_at: at, fired_at: null, cleared_at: null };
}

function holding(
  instance: Instance,
  from: ConditionState | undefined,
  for_ms: number,
  { as, severity }: Extract<Sight, { holds: true }>,
  at: number,
): Step {
  const isPending = instance.state === 'pending' && at - instance.onset_at < for_ms;
  const state: ConditionState = isPending ? 'pending' : as;
  const after: Instance = {
    ...instance,
    state,
    severity,
    cleared_at: null,
    fired_at: isPending ? null : (instance.fired_at ?? at),
  };
  const isNews = state !== from || (!isPending && severity !== instance.severity);
  return { after, moved: isNews ? state : undefined };
}
