import type { Notice } from '../notice.ts';
import type { NotifyAlert } from '../notify-alert.ts';
import type { Json } from './fill.ts';
import { summaryOf, type WordsOf } from './words.ts';

/** A notice as Alertmanager's webhook says it (version 4), so that what takes those takes ours; `reason` and `level` are ours. */
export function wholeOf(notice: Notice, how: WordsOf): Json {
  const { key, receiver, group, firing, resolved, reason, level } = notice;
  const alerts = [...firing, ...resolved];
  const labels = alerts.map(({ match }) => match);
  const [first = {}, ...others] = labels;
  const common = Object.entries(first).filter(([name, value]) => others.every((one) => one[name] === value));
  return {
    ...{ version: '4', groupKey: key, truncatedAlerts: 0, receiver, reason, level },
    status: firing.length > 0 ? 'firing' : 'resolved',
    groupLabels: { ...group },
    commonLabels: Object.fromEntries(common),
    commonAnnotations: {},
    externalURL: '',
    alerts: alerts.map((alert) => alertOf(alert, how)),
  };
}

function alertOf(alert: NotifyAlert, how: WordsOf): Json {
  return {
    status: alert.isResolved ? 'resolved' : 'firing',
    labels: { ...alert.match },
    annotations: { summary: summaryOf(alert, how) },
    startsAt: new Date(alert.fired_at).toISOString(),
    endsAt: alert.isResolved ? new Date(alert.state_at).toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: '',
    fingerprint: alert.alert_id,
  };
}
