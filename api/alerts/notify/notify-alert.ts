import { SEVERITY_NAMES } from '#dashboards/schema/alert-rule.ts';
import type { AlertSeverity } from '../../contract-alerts.ts';
import type { Labels } from './matchers.ts';

/** What the notifier knows of an alert that has fired. Instants are epoch ms. */
export interface NotifyAlert {
  alert_id: string;
  rule: string;
  unit: string;
  unit_path: string;
  severity: AlertSeverity;
  isResolved: boolean;
  onset_at: number;
  fired_at: number;
  /** Since when its condition is as it is: of one that is resolved, since when. */
  state_at: number;
  value: number | null;
  text: string;
  acknowledged: boolean;
  assignee: string;
  shelved_until: number | null;
  closed: boolean;
  /** Its own labels. */
  labels: Labels;
  /** What is matched and grouped by: its labels, and `rule`, `domain`, `severity`, `unit`, `unit_path`. */
  match: Labels;
}

/**
 * The labels that files and silences match an alert by; `alertname` is its rule, as Prometheus's people call it. What an incident of the network says is cut is its `ring` or `link`.
 */
export function matchLabels(
  alert: Pick<NotifyAlert, 'rule' | 'unit' | 'unit_path' | 'severity' | 'labels'>,
  domain: string,
): Labels {
  const { rule, unit, unit_path, severity, labels } = alert;
  return {
    domain,
    ...cutOf(labels.id),
    ...labels,
    rule,
    alertname: rule,
    severity: SEVERITY_NAMES[severity - 1] ?? '',
    unit,
    unit_path,
  };
}

/** Incidents name in their id what is cut (dashboards/topology/incidents.ts): a ring, or the path and the id of a link. */
function cutOf(id = ''): Labels {
  const [, kind, name = ''] = /^(ring|link)_down:(?:.* )?(\S+)$/.exec(id) ?? [];
  return kind === undefined ? {} : { [kind]: name };
}
