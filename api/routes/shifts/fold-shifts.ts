import { DateTime } from 'luxon';
import type { Shift, ShiftStep } from '../../contract-shifts.ts';

/** An event of a shift, as the log has it; instants are epoch ms. */
export interface ShiftEvent {
  at: number;
  type: string;
  shift_id: string;
  actor: string;
  note: string;
}

/** The id of the shift that was taken at an instant: of the one before the first was taken, `CA-0`. */
export function shiftId(began_at: number | null): string {
  return began_at === null ? 'CA-0' : `CA-${DateTime.fromMillis(began_at, { zone: 'utc' }).toFormat('yyMMdd-HHmmss')}`;
}

function newShift(began_at: number | null, began_by: string): Shift {
  return {
    shift_id: shiftId(began_at),
    ...{ began_at, began_by, notes: [] },
    ...{ handed_at: null, handed_by: '', handed_note: '' },
    ...{ taken_at: null, taken_by: '', taken_note: '' },
  };
}

/**
 * Shifts from their events in order of time: the present one and those that are over, the newest first. A shift is handed once and taken once, whatever
 * is said later of it; taking it begins the next.
 */
export function foldShifts(events: readonly ShiftEvent[]): { current: Shift; past: Shift[] } {
  let current = newShift(null, '');
  const past: Shift[] = [];
  const first = events[0]?.shift_id;
  // the log begins in the middle: when that shift was taken, and perhaps handed, is not asked for
  const isCut = first !== undefined && first !== current.shift_id;
  if (isCut) current = { ...current, shift_id: first };
  for (const { at, type, shift_id, actor, note } of events) {
    if (shift_id !== current.shift_id) continue;
    if (type === 'shift.noted') current.notes.push({ at, by: actor, text: note });
    else if (type === 'shift.handed' && current.handed_at === null)
      current = { ...current, handed_at: at, handed_by: actor, handed_note: note };
    else if (type === 'shift.taken' && (current.handed_at !== null || (isCut && past.length === 0))) {
      past.unshift({ ...current, taken_at: at, taken_by: actor, taken_note: note });
      current = newShift(at, actor);
    }
  }
  return { current, past };
}

/** What somebody can do with the present shift: one hands it over, and another takes it. */
export function stepsOf({ handed_at, handed_by }: Shift, actor: string): ShiftStep[] {
  if (handed_at === null) return ['note', 'hand'];
  return handed_by === actor ? ['note'] : ['note', 'take'];
}
