import type { OwnEvent } from '../../actions/event-poster.ts';
import type { Note } from './marks.ts';
import type { NotifyAlert } from './notify-alert.ts';

/** What is no unit's code: notes of an alert that lies among the unknown are kept there too. */
const NO_UNIT = '?';

/** The event that a note about an alert is; the same note is the same event. */
export function noteEvent({ alert_id, receiver, reason, level, at }: Note, alert: NotifyAlert): OwnEvent {
  const isLevel = level > 0;
  return {
    id: `${alert_id}/${isLevel ? `escalated/${level}` : 'notified'}/${receiver}/${reason}/${at}`,
    type: isLevel ? 'alert.escalated' : 'alert.notified',
    subject: alert_id,
    unit: alert.unit === '' ? NO_UNIT : alert.unit,
    at,
    data: {
      ...{ rule: alert.rule, onset_at: new Date(alert.onset_at).toISOString(), receiver, reason },
      ...(isLevel && { level }),
    },
  };
}
