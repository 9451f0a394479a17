import type { NotifyFiles } from '#dashboards/schema/notify.ts';
import type { AmAlert } from './shapes.ts';

/** A group of alerts as Alertmanager says it. */
export interface AmGroup {
  labels: Record<string, string>;
  receiver: { name: string };
  alerts: AmAlert[];
}

/** Alerts by receiver and by what its route groups by. */
export function groupsOf(alerts: readonly AmAlert[], { routes }: NotifyFiles): AmGroup[] {
  const groups = new Map<string, AmGroup>();
  for (const alert of alerts)
    for (const receiver of alert.receivers) {
      const by = [...routes.values()].find(({ receivers }) => receivers.includes(receiver.name))?.group_by ?? [];
      const names = by.map((name) => (name === 'rule' ? 'alertname' : name));
      const labels = Object.fromEntries(names.map((name) => [name, alert.labels[name] ?? '']));
      const key = JSON.stringify([receiver.name, labels]);
      const group = groups.get(key) ?? { labels, receiver, alerts: [] };
      groups.set(key, group);
      group.alerts.push(alert);
    }
  return [...groups.values()];
}
