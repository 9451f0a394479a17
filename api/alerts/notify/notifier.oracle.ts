import { SEVERITY_NAMES } from '#dashboards/schema/alert-rule.ts';
import type { NotifyConfig } from './decide.ts';
import type { Note } from './marks.ts';
import type { NotifyAlert } from './notify-alert.ts';
import type { Silence } from './silence.ts';
import type { Delivered } from './test-world.ts';

const FIRING = ['first', 'new_in_group', 'repeat'];
const OVER = ['resolved', 'resolved_unsent'];

/**
 * For tests: the rules of notices a second time, slowly and from the whole log, for routes without matchers but severity and groups by rule. It is never started anew: it remembers itself
 * since when each alert has been news.
 */
export function createOracle({ files, timeOf }: NotifyConfig) {
  let since = new Map<string, number>();
  const routeOf = (alert: NotifyAlert, receiver: string) => {
    const grave = alert.severity === 4 ? ['grave', 'rest'] : ['rest'];
    return grave.find((id) => files.routes.get(id)?.receivers.includes(receiver));
  };
  const isHeld = (alert: NotifyAlert, all: readonly NotifyAlert[], silences: readonly Silence[], now: number) => {
    const stands = silences.some(
      (one) => one.starts_at <= now && now < one.ends_at && one.matchers.every(({ value }) => value === alert.rule),
    );
    if (stands || alert.isResolved) return stands;
    const isCut = all.some(
      (one) => !one.isResolved && one.rule === 'ring' && alert.rule === 'link' && one.unit === alert.unit,
    );
    const isOwned = alert.acknowledged || alert.assignee !== '';
    return isCut || isOwned || alert.closed || (alert.shelved_until ?? 0) > now;
  };

  /** What is to be delivered at `now`, but for escalations. */
  return (
    all: readonly NotifyAlert[],
    log: readonly Note[],
    silences: readonly Silence[],
    now: number,
  ): Delivered[] => {
    const next = new Map<string, number>();
    const found: Delivered[] = [];
    const groups = [...new Set(all.map((alert) => alert.rule))].flatMap((rule) =>
      ['a', 'b', 'c'].flatMap((receiver) =>
        [...files.routes].map(([routeId, route]) => ({ rule, receiver, routeId, route })),
      ),
    );
    for (const { rule, receiver, routeId, route } of groups) {
      const members = all.filter((alert) => alert.rule === rule && routeOf(alert, receiver) === routeId);
      const notes = (alert: NotifyAlert) =>
        log.filter((note) => note.alert_id === alert.alert_id && note.receiver === receiver && note.level === 0);
      const told = (alert: NotifyAlert) =>
        notes(alert).findLast(({ reason }) => [...FIRING, ...OVER].includes(reason))?.reason ?? '';
      const quiet = (alert: NotifyAlert) =>
        (route.quiet?.severities ?? []).some((severity) => severity === SEVERITY_NAMES[alert.severity - 1]) &&
        !timeOf('').isWorking(now);
      const free = members.filter((alert) => !isHeld(alert, all, silences, now) && !quiet(alert));
      const fresh = free.filter((alert) => !alert.isResolved && told(alert) === '');
      const standing = free.filter((alert) => !alert.isResolved && FIRING.includes(told(alert)));
      const over = receiver === 'b' ? [] : free.filter((alert) => alert.isResolved && FIRING.includes(told(alert)));
      const news = [...fresh, ...over];
      const keyOf = (alert: NotifyAlert) => `${receiver} ${alert.alert_id}`;
      for (const alert of news) next.set(keyOf(alert), since.get(keyOf(alert)) ?? now);
      const tolds = members.flatMap((alert) =>
        notes(alert).flatMap(({ reason, at }) => ([...FIRING, 'resolved'].includes(reason) ? [at] : [])),
      );
      const last = Math.max(-Infinity, ...tolds);
      const wait = Math.min(...news.map((alert) => next.get(keyOf(alert)) ?? now)) + route.group_wait;
      const ids = (list: readonly NotifyAlert[]) => list.map(({ alert_id }) => alert_id).sort();
      const open = members.some((alert) => FIRING.includes(told(alert)));
      const firing = ids([...fresh, ...standing]);
      if (news.length > 0 && now >= wait && now >= last + route.group_interval)
        found.push({
          ...{ receiver, firing, resolved: ids(over) },
          reason: fresh.length === 0 ? 'resolved' : open ? 'new_in_group' : 'first',
        });
      else if (news.length === 0 && standing.length > 0 && now >= last + route.repeat_interval)
        found.push({ receiver, reason: 'repeat', firing, resolved: [] });
    }
    since = next;
    return found;
  };
}
