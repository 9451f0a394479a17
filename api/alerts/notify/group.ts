import type { HeldReason, Mark, Note, Reason } from './marks.ts';
import { HELD_REASONS } from './marks.ts';
import { noticeOf, type Notice } from './notice.ts';
import type { NotifyAlert } from './notify-alert.ts';
import type { Place } from './placed.ts';

/** An alert in a group, with what its receiver was told of it and what holds it back. */
export interface Member {
  alert: NotifyAlert;
  mark: Mark | undefined;
  held: HeldReason | undefined;
}

/** What a group is decided by, besides its members. */
export interface GroupTerms {
  now: number;
  /** When the receiver was last told of members that have left. */
  last: number | undefined;
  send_resolved: boolean;
}

const WAITING = ['group_wait', 'group_interval', 'retrying'] as const;
const isHeld = (reason: string | undefined) => HELD_REASONS.some((held) => held === reason);

/**
 * Whether a receiver is told of a group now: Alertmanager's rule (notify/dedup_stage.go), by what each alert's own marks say. News (what fires and was not told, what was told and is over) waits
 * for `group_wait` and for `group_interval` after the last notice; without news, what fires is told again after `repeat_interval`. As an alert is one episode,
 * a group of which nothing is outstanding begins anew: `first`.
 */
export function decideGroup(
  place: Place,
  members: readonly Member[],
  { now, last, send_resolved }: GroupTerms,
): { notice: Notice | undefined; notes: Note[] } {
  const { receiver, route, route_id, group, key } = place;
  const notes: Note[] = [];
  const note = ({ alert, mark }: Member, reason: Reason): Note | undefined => {
    const noted: Note = { alert_id: alert.alert_id, receiver, reason, level: 0, at: now };
    if (mark?.reason !== reason) notes.push(noted);
    return noted;
  };
  const fresh: Member[] = [];
  const over: Member[] = [];
  const standing: Member[] = [];
  let isOutstanding = false;
  let told_at = last ?? -Infinity;
  for (const member of members) {
    const { alert, mark, held } = member;
    const told = mark?.told ?? 'nothing';
    told_at = Math.max(told_at, mark?.told_at ?? -Infinity);
    isOutstanding ||= told === 'firing';
    if (alert.isResolved && told !== 'firing') continue;
    if (alert.isResolved && !send_resolved) note(member, 'resolved_unsent');
    else if (held !== undefined) note(member, held);
    else if (alert.isResolved) over.push(member);
    else if (told === 'firing') standing.push(member);
    else fresh.push(member);
  }
  const news = [...fresh, ...over];
  if (news.length > 0) {
    const since = Math.min(...news.map(({ mark }) => waitingSince(mark, now)));
    const due = Math.max(since + route.group_wait, told_at + route.group_interval);
    if (now < due) {
      for (const member of news) note(member, waitReason(member, isOutstanding));
      return { notice: undefined, notes };
    }
  }
  const isRepeat =
    news.length === 0 && standing.length > 0 && route.repeat_interval > 0 && now >= told_at + route.repeat_interval;
  if (news.length === 0 && !isRepeat) {
    // what held it back does no longer: it was told, and is told again in its time
    for (const member of standing) if (isHeld(member.mark?.reason)) note(member, 'repeat_interval');
    return { notice: undefined, notes };
  }
  const told = ({ alert }: Member, reason: Reason): Note => ({
    alert_id: alert.alert_id,
    receiver,
    reason,
    level: 0,
    at: now,
  });
  const begins = isOutstanding ? 'new_in_group' : 'first';
  const notice = noticeOf({
    ...{ key, receiver, route_id, group, level: 0, at: now },
    reason: isRepeat ? 'repeat' : fresh.length > 0 ? begins : 'resolved',
    firing: [...fresh, ...standing].map(({ alert }) => alert),
    resolved: over.map(({ alert }) => alert),
    notes: [
      ...fresh.map((member) => told(member, begins)),
      ...over.map((member) => told(member, 'resolved')),
      ...(isRepeat ? standing.map((member) => told(member, 'repeat')) : []),
    ],
  });
  return { notice, notes };
}

/** Since when news waits to be told: an instant that is noted, so that a restart does not begin anew. What is tried again has waited. */
function waitingSince(mark: Mark | undefined, now: number): number {
  if (mark?.reason === 'retrying') return -Infinity;
  return mark?.reason === 'group_wait' || mark?.reason === 'group_interval' ? mark.reason_at : now;
}

/** A member that waits keeps its reason: the time at which it began to wait is that of the note. */
function waitReason({ mark }: Member, isOutstanding: boolean): Reason {
  const reason = WAITING.find((one) => one === mark?.reason);
  return reason ?? (isOutstanding ? 'group_interval' : 'group_wait');
}
