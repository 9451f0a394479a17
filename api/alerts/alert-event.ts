import { createHash } from 'node:crypto';
import type { OwnEvent } from '../actions/event-poster.ts';
import type { Move } from './evaluate-rule.ts';

/** Subject of the events that say up to when all has been evaluated. */
export const EVALUATOR = 'evaluator';

/** What the ids of alerts begin with that rules made; those that were pushed have others. */
export const ALERT_ID = 'AL-';

/** Names one episode of one instance of one rule. */
export function slotOf(rule: string, key: string, onset_at: number): string {
  return JSON.stringify([rule, key, onset_at]);
}

/** The id of an alert: one episode of one instance of one rule. The same episode found again, by a restart or another process, has the same. */
export function alertId(rule: string, key: string, onset_at: number): string {
  const hash = createHash('sha256').update(slotOf(rule, key, onset_at));
  return `${ALERT_ID}${hash.digest('hex').slice(0, 12)}`;
}

/** What every event of an alert's condition says. */
type Said = Pick<Move, 'labels' | 'onset_at' | 'severity' | 'value' | 'text'>;

/** The alert that an event is of, with the unit under which it is kept. */
export interface Kept {
  alert_id: string;
  /** A code of the tree. */
  unit: string;
}

/** The event of a move of an alert's condition at `at`, or of a new value of it (`measured`). */
export function alertEvent(
  rule: string,
  moved: Move['moved'] | 'measured',
  { labels, onset_at, severity, value, text }: Said,
  { alert_id: subject, unit }: Kept,
  at: number,
): OwnEvent {
  return {
    id: `${subject}/${moved}/${at}`,
    type: `alert.${moved}`,
    subject,
    unit,
    at,
    data: {
      rule,
      labels,
      severity,
      onset_at: new Date(onset_at).toISOString(),
      ...(value !== null && { value }),
      ...(text !== '' && { text: text.slice(0, 512) }),
    },
  };
}

/** The event which says that everything has been evaluated up to `at`. */
export function evaluatedEvent(at: number, unit: string): OwnEvent {
  return { id: `${EVALUATOR}/${at}`, type: 'alert.evaluated', subject: EVALUATOR, unit, at, data: {} };
}
