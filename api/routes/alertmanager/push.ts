import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { OwnEvent } from '../../actions/event-poster.ts';
import type { NotifyAlert } from '../../alerts/notify/notify-alert.ts';
import type { AlertSeverity } from '../../contract-alerts.ts';

/** How long an alert that names no end counts unless it is pushed again: Alertmanager's resolve_timeout. */
export const RESOLVE_TIMEOUT_MS = 5 * 60_000;

/** Ids of pushed alerts begin so: no rule of ours evaluates them, and nothing else may say that they are over. */
export const PUSHED_PREFIX = 'AM-';

/** Severities as people label them, and ours. */
const SEVERITIES: Readonly<Record<string, AlertSeverity>> = {
  ...{ critical: 4, page: 4, fatal: 4, emergency: 4, disaster: 4, high: 3, major: 3, error: 3 },
  ...{ medium: 2, warning: 2, warn: 2, average: 2, low: 1, minor: 1, info: 1, information: 1, none: 1 },
};

/** Most remarks that are kept of one alert. */
const MOST_ANNOTATIONS = 20;

const text = (most: number) =>
  z
    .string()
    .max(most * 8)
    .transform((value) => value.slice(0, most));
/** Go's instant that is none counts as not said. */
const instant = z.iso
  .datetime({ offset: true })
  .optional()
  .transform((at) => (at?.startsWith('0001-') === true ? undefined : at));

/** An alert as Prometheus pushes it (Alertmanager's v2 `postableAlert`). What is too long is cut, as a monitor that refuses what is long hides what is wrong. */
export const PostableAlertSchema = z.object({
  labels: z.record(z.string().min(1).max(128), text(512)),
  annotations: z.record(z.string(), z.string()).default({}),
  startsAt: instant,
  endsAt: instant,
  generatorURL: z.string().optional(),
});
export type PostableAlert = z.output<typeof PostableAlertSchema>;

/** What pushes are judged by. Instants are epoch ms. */
export interface PushTerms {
  now: number;
  units: UnitIndex;
  /** The unit of alerts that name none of their own within the scope: the scope's. */
  unit: string;
  scope: string;
  /** Pushed alerts that are open, and until when each counts. */
  open: readonly NotifyAlert[];
  ends: ReadonlyMap<string, number>;
}

/** The events that a push is: alerts begin, count on, or are over. What is open and says nothing new is none. */
export function pushEvents(pushed: readonly PostableAlert[], terms: PushTerms): OwnEvent[] {
  const byKey = new Map(terms.open.map((alert) => [keyOf(alert.rule, alert.labels, alert.unit), alert]));
  return pushed.flatMap((alert) => {
    const { alertname = '', ...labels } = alert.labels;
    const unit = unitOf(labels.unit, terms);
    const known = byKey.get(keyOf(alertname, labels, unit));
    const ends = alert.endsAt === undefined ? terms.now + RESOLVE_TIMEOUT_MS : Date.parse(alert.endsAt);
    if (ends <= terms.now) return known ? [resolvedEvent(known, ends)] : [];
    if (known) return goesOn(known, ends, terms);
    const onset = Math.min(terms.now, alert.startsAt === undefined ? terms.now : Date.parse(alert.startsAt));
    const made = createHash('sha256').update(JSON.stringify([keyOf(alertname, labels, unit), onset]));
    const subject = `${PUSHED_PREFIX}${made.digest('hex').slice(0, 12)}`;
    const { summary = '', description = '' } = alert.annotations;
    const data = {
      ...{ rule: alertname.slice(0, 128), labels, severity: SEVERITIES[(labels.severity ?? '').toLowerCase()] ?? 2 },
      ...{ text: (summary || description).slice(0, 512), annotations: annotationsOf(alert) },
      ...{ onset_at: iso(onset), until: iso(ends) },
    };
    return [{ id: `${subject}/firing`, type: 'alert.firing', subject, unit, at: terms.now, data }];
  });
}

/** What the monitor remarked, and the page of it that drew the alert, as far as there is room. */
function annotationsOf({ annotations, generatorURL = '' }: PostableAlert): Record<string, string> {
  const all = { ...annotations, ...(generatorURL !== '' && { generatorURL }) };
  const kept = Object.entries(all).filter(([name, said]) => name !== '' && name.length <= 128 && said !== '');
  return Object.fromEntries(kept.slice(0, MOST_ANNOTATIONS).map(([name, said]) => [name, said.slice(0, 2_000)]));
}

/** That a pushed alert is over: it was said so, or was not pushed again in time. */
export function resolvedEvent(alert: NotifyAlert, ends: number): OwnEvent {
  const { alert_id, rule, unit, onset_at, state_at, labels, severity } = alert;
  // never before it began to be as it is
  const at = Math.max(ends, state_at + 1);
  const data = { rule, labels, severity, onset_at: iso(onset_at) };
  // a unit that has left the tree since: the alert is kept among the unknown
  return { id: `${alert_id}/resolved`, type: 'alert.resolved', subject: alert_id, unit: unit || '?', at, data };
}

/** Until when it counts is noted anew when half of the last word has passed, not at each push. */
function goesOn(
  { alert_id, rule, unit, onset_at }: NotifyAlert,
  ends: number,
  { now, ends: noted }: PushTerms,
): OwnEvent[] {
  if (ends - (noted.get(alert_id) ?? 0) < RESOLVE_TIMEOUT_MS / 4) return [];
  const data = { rule, onset_at: iso(onset_at), until: iso(ends) };
  return [
    { id: `${alert_id}/until/${ends}`, type: 'alert.measured', subject: alert_id, unit: unit || '?', at: now, data },
  ];
}

function keyOf(rule: string, labels: Readonly<Record<string, string>>, unit: string): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([rule.slice(0, 128), unit, sorted]);
}

/** The unit that a label names, if it is of the scope. */
function unitOf(label: string | undefined, { units, unit, scope }: PushTerms): string {
  const named = label === undefined ? undefined : units.resolve(label);
  return named?.path.startsWith(scope) === true ? named.code : unit;
}

const iso = (at: number) => new Date(at).toISOString();
