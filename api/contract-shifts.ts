/** What can be done with the present shift: note upon it, hand it over, take over what was handed. */
export type ShiftStep = 'note' | 'hand' | 'take';

/** A remark that somebody made during a shift. Instants are epoch ms. */
export interface ShiftNote {
  at: number;
  by: string;
  text: string;
}

/** A shift: from when somebody took it, until somebody else took the next. */
export interface Shift {
  shift_id: string;
  /** Null for the first, which nobody took. */
  began_at: number | null;
  began_by: string;
  notes: ShiftNote[];
  /** Signed over by one, */
  handed_at: number | null;
  handed_by: string;
  handed_note: string;
  /** and by another. Null while nobody has taken it. */
  taken_at: number | null;
  taken_by: string;
  taken_note: string;
}

/** `GET /api/shifts`; `POST /api/shifts/note|hand|take` reply the same. */
export interface ShiftsReply {
  at: number;
  current: Shift;
  /** Newest first. */
  past: Shift[];
  /** What became of alerts since the present shift began (all of a day where none did), and what is open. */
  happened: { since: number; fired: number; acknowledged: number; resolved: number; open: number; unseen: number };
  /** What whoever looks can do now. */
  steps: ShiftStep[];
}

/** `POST /api/shifts/note|hand|take`. A note has a text. */
export interface ShiftRequest {
  text?: string | undefined;
}
