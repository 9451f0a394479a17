import type { Family } from '../schema/event.ts';

/** A log that can grow: the families and the dead letters. */
export type Log = Family | 'dead_letter';

/** The table of a log. */
export const LOG_TABLES: Record<Log, string> = {
  dossier: 'dossier_event',
  link: 'link_event',
  security: 'security_event',
  reading: 'reading_event',
  chase: 'chase_event',
  entry: 'entry_event',
  display: 'display_event',
  syslog: 'syslog_event',
  intake: 'intake_event',
  alert: 'alert_event',
  duty: 'duty_event',
  dead_letter: 'dead_letter',
};

/**
 * Every relation that a panel query may name, with the logs it is made of. A key runs again when one of its logs has grown.
 * Both databases, `live` and `history`, hold each of them.
 */
export const RELATIONS = {
  dossier: ['dossier'],
  dossier_count: ['dossier'],
  dossier_event: ['dossier'],
  dossier_lately: ['dossier'],
  dossier_open: ['dossier'],
  dossier_recent: ['dossier'],
  dossier_source: ['dossier'],
  dossier_tally: ['dossier'],
  dossier_total: ['dossier'],
  link: ['link'],
  link_event: ['link'],
  link_hour: ['link'],
  link_word: ['link'],
  security_event: ['security'],
  reading: ['reading'],
  reading_event: ['reading'],
  source: ['dossier', 'link', 'security', 'reading', 'syslog', 'intake'],
  intake_event: ['intake'],
  syslog_count: ['syslog'],
  syslog_event: ['syslog'],
  alert: ['alert'],
  alert_event: ['alert'],
  silence: ['duty'],
  duty_event: ['duty'],
  apology: ['chase'],
  chase: ['chase'],
  chase_event: ['chase'],
  entry: ['entry'],
  entry_event: ['entry'],
  display: ['display'],
  display_event: ['display'],
  dead_letter: ['dead_letter'],
} as const satisfies Record<string, readonly Log[]>;
export type Relation = keyof typeof RELATIONS;

/**
 * The table that grows when the relation has another answer in `live`. It is the last one to be written of those that it is read
 * from: a state is written a moment after its log, and whoever read it at the first sign would miss what has just come.
 */
export const WATCHED: Record<Relation, string> = {
  dossier: 'dossier_row',
  dossier_count: 'dossier_row',
  dossier_event: 'dossier_event',
  dossier_lately: 'dossier_lately_row',
  dossier_open: 'dossier_open_row',
  dossier_recent: 'dossier_recent_event',
  // not source_state, which grows with every sample of a link; every dossier event is folded after its source was noted
  dossier_source: 'dossier_row',
  dossier_tally: 'dossier_tally_row',
  dossier_total: 'dossier_total_row',
  link: 'link_word_state',
  link_event: 'link_event',
  link_hour: 'link_hour_state',
  link_word: 'link_word_state',
  security_event: 'security_event',
  reading: 'reading_state',
  reading_event: 'reading_event',
  source: 'source_state',
  syslog_count: 'syslog_minute',
  syslog_event: 'syslog_event',
  intake_event: 'intake_event',
  alert: 'alert_state',
  alert_event: 'alert_event',
  silence: 'duty_event',
  duty_event: 'duty_event',
  apology: 'chase_event',
  chase: 'chase_event',
  chase_event: 'chase_event',
  entry: 'entry_event',
  entry_event: 'entry_event',
  display: 'display_state',
  display_event: 'display_event',
  dead_letter: 'dead_letter',
};

/**
 * The tables under the relations. The lens filters each of them: `scoped` by unit path, `timed` by the two instants
 * (logs only; a state table has no past, so the lens reads `history` instead).
 */
export const TABLES: readonly { name: string; timed: boolean; observed: boolean }[] = [
  { name: 'log.dossier_event', timed: true, observed: true },
  { name: 'log.link_event', timed: true, observed: true },
  { name: 'log.security_event', timed: true, observed: true },
  { name: 'log.reading_event', timed: true, observed: true },
  { name: 'log.chase_event', timed: true, observed: true },
  { name: 'log.entry_event', timed: true, observed: true },
  { name: 'log.display_event', timed: true, observed: true },
  { name: 'log.syslog_event', timed: true, observed: true },
  { name: 'log.intake_event', timed: true, observed: true },
  { name: 'log.alert_event', timed: true, observed: true },
  { name: 'log.duty_event', timed: true, observed: true },
  { name: 'log.dead_letter', timed: true, observed: false },
  { name: 'live.dossier_row', timed: false, observed: false },
  { name: 'live.dossier_lately_row', timed: false, observed: false },
  { name: 'live.dossier_open_row', timed: false, observed: false },
  { name: 'live.dossier_tally_row', timed: false, observed: false },
  { name: 'live.dossier_total_row', timed: false, observed: false },
  { name: 'live.dossier_recent_event', timed: false, observed: false },
  { name: 'live.link_word_state', timed: false, observed: false },
  { name: 'live.link_hour_state', timed: false, observed: false },
  { name: 'live.reading_state', timed: false, observed: false },
  { name: 'live.display_state', timed: false, observed: false },
  { name: 'live.syslog_minute', timed: false, observed: false },
  { name: 'live.alert_state', timed: false, observed: false },
  { name: 'live.source_state', timed: false, observed: false },
];
