import type { Role } from './auth/roles.ts';

/** What the API says of alerts. Instants are epoch ms. */

/** Where the condition of an alert that is not resolved stands. */
export type ConditionState = 'pending' | 'firing' | 'recovering' | 'no_data' | 'error';
/** Where its people stand. */
export type HumanState = 'unseen' | 'acknowledged' | 'assigned' | 'shelved' | 'closed';
/** Thấp, Trung bình, Cao, Nghiêm trọng. */
export type AlertSeverity = 1 | 2 | 3 | 4;

/** A text in both languages. */
export interface BothTexts {
  vi: string;
  en: string;
}

/** What its rule says of an alert, its templates filled. Null where there is no such rule any more, or it was pushed. */
export interface AlertTexts {
  name: BothTexts;
  summary: BothTexts;
  description: BothTexts;
  /** What to do, step by step. */
  runbook: { vi: string[]; en: string[] };
  /** The page of its records. */
  opens: string | null;
  /** How the value is written. */
  value: { unit: BothTexts; decimals: number };
}

/** An alert as it stands: one episode of one instance of one rule. */
export interface Alert {
  alert_id: string;
  rule: string;
  /** The unit concerned: its code and path. */
  unit: string;
  unit_path: string;
  labels: Record<string, string>;
  severity: AlertSeverity;
  state: ConditionState | 'resolved';
  /** Since when `state` holds. */
  state_at: number;
  human: HumanState;
  onset_at: number;
  /** Null for what never fired. */
  fired_at: number | null;
  trigger_value: number | null;
  value: number | null;
  text: string;
  acknowledged_at: number | null;
  acknowledged_by: string;
  assignee: string;
  assigned_at: number | null;
  shelved_until: number | null;
  shelved_by: string;
  shelved_why: string;
  closed_at: number | null;
  closed_by: string;
  closed_why: string;
  /** The newest notice, or why none was sent. */
  notified_at: number | null;
  notified_to: string;
  notified_reason: string;
  /** Level of escalation that was reached, from 0. */
  level: number;
  simulated: 0 | 1;
  texts: AlertTexts | null;
}

/** `GET /api/alerts`: the gravest and nobody's first. `counts` are of all that the scope holds, whatever the filter. */
export interface AlertPage {
  at: number;
  count: number;
  rows: Alert[];
  counts: { open: number; unseen: number; critical: number; mine: number; shelved: number; resolved_unseen: number };
}

/** One thing that became of an alert, as it happened. */
export interface AlertEvent {
  at: number;
  /** The event without its family: `firing`, `acknowledged`, `notified`. */
  type: string;
  severity: number;
  value: number | null;
  actor: string;
  note: string;
  assignee: string;
  until_at: number | null;
  receiver: string;
  reason: string;
  level: number;
}

/** `GET /api/alerts/:id`. */
export interface AlertDetail extends Alert {
  events: AlertEvent[];
  /** What another monitor remarked on the alert that it pushed, by name: `runbook_url`. */
  annotations: Record<string, string>;
  /** What the receivers that the alert names are called, by id; without those whose file is gone. */
  receivers: Record<string, BothTexts>;
}

/** Somebody whom an alert can be given to: `GET /api/alerts/assignees`. */
export interface Assignee {
  name: string;
  role: Role;
  /** Code of the unit whose subtree they see. */
  unit: string;
}

/** What people can do about alerts: `POST /api/alerts/act`, on one or many. */
export type AlertAct =
  'acknowledge' | 'unacknowledge' | 'assign' | 'comment' | 'shelve' | 'unshelve' | 'close' | 'reopen';
export interface AlertActRequest {
  alert_ids: string[];
  act: AlertAct;
  note?: string | undefined;
  /** With `assign`; empty takes it from everybody. */
  assignee?: string | undefined;
  /** With `shelve`, RFC 3339. */
  until?: string | undefined;
}
