import type { Alert, AlertAct, AlertActRequest } from '../../contract-alerts.ts';
import type { OwnEvent } from '../../actions/event-poster.ts';

export const ACTS = [
  'acknowledge',
  'unacknowledge',
  'assign',
  'comment',
  'shelve',
  'unshelve',
  'close',
  'reopen',
] as const satisfies readonly AlertAct[];

/** The event that an act is. */
const EVENTS = {
  acknowledge: 'alert.acknowledged',
  unacknowledge: 'alert.unacknowledged',
  assign: 'alert.assigned',
  comment: 'alert.commented',
  shelve: 'alert.shelved',
  unshelve: 'alert.unshelved',
  close: 'alert.closed',
  reopen: 'alert.reopened',
} as const satisfies Record<AlertAct, OwnEvent['type']>;

/** Whether an act would change anything about an alert as it stands: doing it twice is doing it once. */
export function wouldChange(alert: Alert, { act, assignee = '' }: AlertActRequest): boolean {
  if (act === 'acknowledge') return alert.acknowledged_at === null;
  if (act === 'unacknowledge') return alert.acknowledged_at !== null;
  if (act === 'assign') return alert.assignee !== assignee;
  if (act === 'unshelve') return alert.human === 'shelved';
  if (act === 'close') return alert.closed_at === null;
  if (act === 'reopen') return alert.closed_at !== null;
  return true;
}

/** The event of an act upon an alert, by `actor` at `at`. */
export function actEvent(
  alert: Alert,
  { act, note = '', assignee = '', until }: AlertActRequest,
  { actor, at, request, root }: { actor: string; at: number; request: string; root: string },
): OwnEvent {
  return {
    id: `${alert.alert_id}/${act}/${request}`,
    type: EVENTS[act],
    subject: alert.alert_id,
    unit: alert.unit === '' ? root : alert.unit,
    at,
    data: {
      actor,
      onset_at: new Date(alert.onset_at).toISOString(),
      ...(note !== '' && { note }),
      ...(act === 'assign' && { assignee }),
      ...(act === 'shelve' && until !== undefined && { until }),
    },
  };
}
