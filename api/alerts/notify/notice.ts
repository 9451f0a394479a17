import { createHash } from 'node:crypto';
import type { Note } from './marks.ts';
import type { NotifyAlert } from './notify-alert.ts';

/** Something to be told to a receiver: a group of alerts, and why now. */
export interface Notice {
  /** The same for the same news to the same receiver: whoever gets it twice can tell. */
  id: string;
  /** One notice at a time is under way for each. */
  key: string;
  receiver: string;
  route_id: string;
  group: Readonly<Record<string, string>>;
  reason: 'first' | 'new_in_group' | 'repeat' | 'resolved' | 'escalated';
  /** Level of the escalation, from 1; 0 for what is none. */
  level: number;
  at: number;
  /** What fires and nobody has, and what is over since the last notice. */
  firing: readonly NotifyAlert[];
  resolved: readonly NotifyAlert[];
  /** What is noted about its alerts once it has been delivered. */
  notes: readonly Note[];
}

/** Makes a notice; its id is made of what it says. */
export function noticeOf(notice: Omit<Notice, 'id'>): Notice {
  const { key, reason, level, notes } = notice;
  const news = notes.map(({ alert_id, reason: why }) => `${alert_id} ${why}`).sort();
  // a repetition says the same once more and is another
  const turn = reason === 'repeat' ? notice.at : 0;
  const made = createHash('sha256').update(JSON.stringify([key, reason, level, turn, news]));
  return { ...notice, id: made.digest('hex').slice(0, 32) };
}
