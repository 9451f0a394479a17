import type { Alert, AlertActRequest } from '#api/contract-alerts.ts';

/**
 * The acts that take one back, where it can be: `alerts` are as they stood before it. What was assigned goes back to whoever had it, so that several
 * owners are several acts; who acknowledged one before is not changed by acknowledging it again, and is left alone.
 */
export function undoOf(request: AlertActRequest, alerts: readonly Alert[]): AlertActRequest[] {
  const ids = alerts.map(({ alert_id }) => alert_id);
  const some = (act: AlertActRequest['act'], alert_ids: string[]): AlertActRequest[] =>
    alert_ids.length === 0 ? [] : [{ act, alert_ids }];
  switch (request.act) {
    case 'acknowledge':
      return some(
        'unacknowledge',
        alerts.filter((alert) => alert.acknowledged_at === null).map(({ alert_id }) => alert_id),
      );
    case 'shelve':
      return some('unshelve', ids);
    case 'close':
      return some('reopen', ids);
    case 'assign':
      return [...new Set(alerts.map(({ assignee }) => assignee))].map((assignee) => ({
        act: 'assign',
        alert_ids: alerts.filter((alert) => alert.assignee === assignee).map(({ alert_id }) => alert_id),
        assignee,
      }));
    default:
      return [];
  }
}
