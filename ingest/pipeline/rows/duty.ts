import type { DutyData, DutyEventRow } from '../../schema/duty.ts';
import type { EventRow } from '../../schema/event.ts';

/** The row of a duty event. */
export function dutyRow(row: EventRow, data: DutyData): DutyEventRow {
  return {
    ...row,
    actor: data.actor ?? '',
    note: data.note ?? '',
    matchers: data.matchers === undefined ? '' : JSON.stringify(data.matchers),
    starts_at: data.starts === undefined ? null : Date.parse(data.starts),
    ends_at: data.ends === undefined ? null : Date.parse(data.ends),
    kind: data.kind ?? '',
    shift: data.shift ?? '',
  };
}
