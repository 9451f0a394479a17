/** Why a notice was sent. */
export const SENT_REASONS = ['first', 'new_in_group', 'repeat', 'resolved'] as const;
export type SentReason = (typeof SENT_REASONS)[number];

/** Why an alert is not told of, by itself: from what somebody did, to what the files say. */
export const HELD_REASONS = [
  'closed',
  'shelved',
  'silenced',
  'maintenance',
  'inhibited',
  'assigned',
  'acknowledged',
  'quiet_hours',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/**
 * Every reason that `alert.notified` names. Besides those: it waits for others of its group (`group_wait`), for the group's next turn (`group_interval`), or to be told again
 * (`repeat_interval`); delivery is tried again (`retrying`), was given up (`failed`, of the end of an alert `resolved_failed`); the end is not told to
 * whoever does not want it (`resolved_unsent`); no route fits (`no_route`).
 */
export type Reason =
  | SentReason
  | HeldReason
  | 'group_wait'
  | 'group_interval'
  | 'repeat_interval'
  | 'retrying'
  | 'failed'
  | 'resolved_failed'
  | 'resolved_unsent'
  | 'no_route';

/** What a receiver has been told of an alert, and the newest reason that was noted. Instants are epoch ms. */
export interface Mark {
  told: 'nothing' | 'firing' | 'resolved';
  told_at: number | null;
  reason: string;
  reason_at: number;
}

/** What was noted about an alert. */
export interface AlertMarks {
  receivers: Map<string, Mark>;
  /** Since when anybody has been told. */
  first_at: number | null;
  /** Levels that were told, as `level receiver`. */
  escalated: Set<string>;
}

/** What was noted about all alerts, by id. */
export type Marks = Map<string, AlertMarks>;

/** An `alert.notified`, or with a level an `alert.escalated`. */
export interface Note {
  alert_id: string;
  receiver: string;
  reason: string;
  /** 0 for what is no escalation. */
  level: number;
  at: number;
}

const TOLD: Readonly<Record<string, 'firing' | 'resolved'>> = {
  first: 'firing',
  new_in_group: 'firing',
  repeat: 'firing',
  failed: 'firing',
  resolved: 'resolved',
  resolved_failed: 'resolved',
  resolved_unsent: 'resolved',
};

/** What a receiver has been told by a notice of such a reason; undefined for what was not told. */
export function toldBy(reason: string): 'firing' | 'resolved' | undefined {
  return TOLD[reason];
}

/** The marks of an alert, made where there are none yet. */
export function marksOf(marks: Marks, alert_id: string): AlertMarks {
  const known = marks.get(alert_id) ?? { receivers: new Map(), first_at: null, escalated: new Set() };
  marks.set(alert_id, known);
  return known;
}

/** Folds a note into the marks. Notes come in order of time; the same note again changes nothing. */
export function fold(marks: Marks, { alert_id, receiver, reason, level, at }: Note): void {
  const known = marksOf(marks, alert_id);
  if (level > 0) {
    known.escalated.add(`${level} ${receiver}`);
    return;
  }
  const told = toldBy(reason);
  const before = known.receivers.get(receiver);
  known.receivers.set(receiver, {
    told: told ?? before?.told ?? 'nothing',
    told_at: told === undefined || reason === 'resolved_unsent' ? (before?.told_at ?? null) : at,
    reason,
    reason_at: at,
  });
  if (told === 'firing') known.first_at = Math.min(known.first_at ?? at, at);
}
