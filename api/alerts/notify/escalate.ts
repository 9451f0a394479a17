import { SEVERITY_NAMES } from '#dashboards/schema/alert-rule.ts';
import type { EscalationLevel } from '#dashboards/schema/escalation.ts';
import type { Known, NotifyConfig } from './decide.ts';
import { noticeOf, type Notice } from './notice.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { placesOf } from './placed.ts';

/**
 * Levels that are due, a notice for each receiver of a level with all alerts that reached it. The delay begins when somebody was first told; what is held back (silenced, acknowledged,
 * assigned, …) reaches no level, and what is not any more goes on where it was.
 */
export function escalations(
  known: Known,
  config: NotifyConfig,
  heldOf: (alert_id: string) => string | undefined,
  now: number,
): Notice[] {
  const due = new Map<string, Due>();
  for (const alert of known.alerts.values()) {
    const marks = known.marks.get(alert.alert_id);
    if (alert.isResolved || marks?.first_at == null || heldOf(alert.alert_id) !== undefined) continue;
    for (const { escalation, level, receiver } of reached(alert, marks.first_at, config, now)) {
      if (marks.escalated.has(`${level} ${receiver}`)) continue;
      const key = JSON.stringify(['escalation', receiver, escalation, level]);
      const group = due.get(key) ?? { escalation, level, receiver, alerts: [] };
      due.set(key, group);
      group.alerts.push(alert);
    }
  }
  return [...due].map(([key, { escalation, level, receiver, alerts }]) =>
    noticeOf({
      ...{ key, receiver, level, at: now, reason: 'escalated', route_id: '', group: { escalation } },
      firing: alerts,
      resolved: [],
      notes: alerts.map(({ alert_id }) => ({ alert_id, receiver, reason: 'escalated', level, at: now })),
    }),
  );
}

/** A level that is due, for one receiver. */
interface Due {
  escalation: string;
  level: number;
  receiver: string;
  alerts: NotifyAlert[];
}

/** The levels that an alert has reached, counted from 1, with each receiver that is not switched off. */
function reached(alert: NotifyAlert, from: number, config: NotifyConfig, now: number): Omit<Due, 'alerts'>[] {
  const { escalations, receivers } = config.files;
  const escalation = escalationOf(alert, config);
  const levels = (escalation === undefined ? undefined : escalations.get(escalation))?.levels ?? [];
  const ahead = levels.findIndex((level) => now < reachedAt(level, from, alert, config));
  return levels
    .slice(0, ahead < 0 ? undefined : ahead)
    .flatMap((level, index) =>
      level.receivers
        .filter((receiver) => receivers.get(receiver)?.enabled === true)
        .map((receiver) => ({ escalation: escalation ?? '', level: index + 1, receiver })),
    );
}

/** The escalation of an alert: its rule's, else the first that a route of it names; undefined where its severity does not escalate. */
function escalationOf(alert: NotifyAlert, { files, escalationOf }: NotifyConfig): string | undefined {
  const id =
    escalationOf(alert.rule) ?? placesOf(alert, files)?.find(({ route }) => route.escalation)?.route.escalation;
  const severity = SEVERITY_NAMES[alert.severity - 1];
  const severities = id === undefined ? undefined : files.escalations.get(id)?.severities;
  return !severities || (severity !== undefined && severities.includes(severity)) ? id : undefined;
}

function reachedAt(level: EscalationLevel, from: number, alert: NotifyAlert, { timeOf }: NotifyConfig): number {
  return level.time === 'wall' ? from + level.after : timeOf(alert.unit_path).addMs(from, level.after);
}
