import type { Route } from '#dashboards/schema/route.ts';
import { SEVERITY_NAMES } from '#dashboards/schema/alert-rule.ts';
import type { WorkingTime } from '#ingest/dossier/working-time.ts';
import type { HeldReason } from './marks.ts';
import type { NotifyAlert } from './notify-alert.ts';
import { isAbout, isActive, type Silence } from './silence.ts';

/** What holds notices back besides what people did about the alert. */
export interface Holding {
  now: number;
  silences: readonly Silence[];
  isInhibited: (alert: NotifyAlert) => boolean;
  timeOf: (unit_path: string) => Pick<WorkingTime, 'isWorking'>;
}

/** Why an alert is told to nobody now, whatever its route; undefined when nothing holds it. The end of an alert is held by silences (and quiet hours) alone. */
export function heldBy(alert: NotifyAlert, { now, silences, isInhibited }: Holding): HeldReason | undefined {
  if (!alert.isResolved && alert.closed) return 'closed';
  if (!alert.isResolved && (alert.shelved_until ?? 0) > now) return 'shelved';
  const silence = silences.find((one) => isActive(one, now) && isAbout(one, alert));
  if (silence) return silence.kind === 'maintenance' ? 'maintenance' : 'silenced';
  if (alert.isResolved) return undefined;
  if (isInhibited(alert)) return 'inhibited';
  if (alert.assignee !== '') return 'assigned';
  return alert.acknowledged ? 'acknowledged' : undefined;
}

/** Whether a route holds an alert until work begins. */
export function isQuiet(alert: NotifyAlert, { quiet }: Pick<Route, 'quiet'>, { now, timeOf }: Holding): boolean {
  const severity = SEVERITY_NAMES[alert.severity - 1];
  if (!quiet || severity === undefined || !quiet.severities.includes(severity)) return false;
  return !timeOf(alert.unit_path).isWorking(now);
}
