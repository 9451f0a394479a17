import type { AlertEventRow } from './alert.ts';
import type { ChaseEventRow } from './chase.ts';
import type { DisplayEventRow } from './display.ts';
import type { DossierEventRow } from './dossier.ts';
import type { DutyEventRow } from './duty.ts';
import type { EntryEventRow } from './entry.ts';
import type { IntakeEventRow } from './intake.ts';
import type { LinkEventRow } from './link.ts';
import type { ReadingEventRow } from './reading.ts';
import type { SecurityEventRow } from './security.ts';
import type { SyslogEventRow } from './syslog.ts';

/** The row that each family's log stores. */
export interface FamilyRow {
  dossier: DossierEventRow;
  link: LinkEventRow;
  security: SecurityEventRow;
  reading: ReadingEventRow;
  chase: ChaseEventRow;
  entry: EntryEventRow;
  display: DisplayEventRow;
  syslog: SyslogEventRow;
  intake: IntakeEventRow;
  alert: AlertEventRow;
  duty: DutyEventRow;
}

/** An event on its way to the log of its family. */
export type LogEntry = { [F in keyof FamilyRow]: { family: F; row: FamilyRow[F] } }[keyof FamilyRow];

/** A row of `log.dead_letter`: what was refused, why, and by whom it was sent. `payload` is redacted. */
export interface DeadLetterRow {
  /** The unit that it speaks of, where that could still be read; otherwise the path of unknown units. */
  unit_path: string;
  /** UUID text; the same refusal of the same text has the same key. */
  letter_key: string;
  received_at: number;
  source: string;
  /** The entry it came by: `events`, `dvcqg`, `eve`. */
  entry: string;
  code: string;
  reason: string;
  payload: string;
  simulated: 0 | 1;
  /** Code of the unit that its sender may speak for; empty: every unit. */
  within: string;
}
