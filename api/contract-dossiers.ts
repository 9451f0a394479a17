import type { FindingCode } from '#ingest/dossier/integrity.ts';
import type { Outcome } from '#ingest/dossier/outcome.ts';
import type { Forecast } from '#ingest/dossier/forecast.ts';
import type { RuleId } from '#ingest/dossier/rules.ts';
import type { Text } from '#ingest/schema/unit-tree.ts';
import type { ChaseState } from './contract-chases.ts';

/**
 * What a list of dossiers can be asked for, and a summary counts: outcomes under a rule set, and sums of them.
 * `open` = `running` + paused; `running` = in time + due soon + overdue; `finished` = early + on time + late;
 * `received` = open + finished + withdrawn + stopped: all that was ever accepted.
 */
export type DossierGroup = Outcome | 'received' | 'open' | 'running' | 'finished';

/** How a list or a summary is narrowed; all of it travels as query parameters. Instants are ISO texts. */
export interface DossierFilter {
  unit?: string;
  /** `1`: only those of the unit itself, not of the units below it. */
  own?: '1';
  at?: string;
  known_at?: string;
  /** @default province */
  rule?: RuleId;
  state?: DossierGroup;
  procedure?: string;
  field?: string;
  /** 1 at the desk, 2 online, 3 by post, 0 not said. */
  channel?: number;
  /** Code of the unit that handles it; `none` where no source said. */
  handler?: string;
  /** Who holds the running step. */
  step?: string;
  /** How long it has been due, or is still. */
  age?: DueAge;
  apology?: Apology;
  chased?: Chased;
  /** Numbers of dossiers, with commas between. */
  ids?: string;
  /** Words in number, procedure, field, handler, step holder; without regard to case and diacritics. */
  q?: string;
  accepted_from?: string;
  accepted_to?: string;
  finished_from?: string;
  finished_to?: string;
  due_from?: string;
  due_to?: string;
}

/** Overdue dossiers whose applicant was sent no slip of apology, as far as anybody noted, or was sent one. */
export type Apology = 'missing' | 'sent';

/** Dossiers that a unit was asked about, by a chase that nobody has closed yet, and all others. */
export type Chased = 'open' | 'none';

/**
 * Open dossiers by their promise: overdue by more than 30 started days, 16 to 30, 8 to 15, 4 to 7, up to 3; due within 24 hours; within three
 * working days; later; without a promise. Paused ones are in none.
 */
export type DueAge =
  | 'late_31d'
  | 'late_16_30d'
  | 'late_8_15d'
  | 'late_4_7d'
  | 'late_1_3d'
  | 'due_24h'
  | 'due_3wd'
  | 'due_later'
  | 'no_due';

/** How a list is ordered; `-` before it turns it round. */
export type DossierSort = 'due' | 'accepted' | 'finished' | 'unit' | 'procedure';

/** What a summary is broken down by. */
export type SummaryBy = 'unit' | 'procedure' | 'field' | 'channel' | 'handler' | 'step' | 'age' | 'apology' | 'chased';

/** The number of dossiers in each group. */
export type DossierCounts = Record<DossierGroup, number>;

/** One line of a summary: the number of dossiers in each group. `key` is empty in the only line of one that is not broken down. */
export interface SummaryLine {
  key: string;
  /** A name for people, where the key is not one. */
  label: string;
  counts: DossierCounts;
}

/** `GET /api/dossiers/summary`. A key without dossiers has no line: missing, not zero. */
export interface SummaryReply {
  /** The instant that it is true for, epoch ms; give it back as `at` and `known_at` to open what was counted. */
  at: number;
  rule: RuleId;
  by: SummaryBy | null;
  lines: SummaryLine[];
}

/** A dossier in a list; no personal data. Instants are epoch ms, null is "not known". `unit` is empty when it is not in the tree. */
export interface DossierRow {
  dossier_id: string;
  unit_path: string;
  unit: string;
  status: number;
  since: number | null;
  outcome: Outcome;
  accepted_at: number | null;
  due_at: number | null;
  first_due_at: number | null;
  finished_at: number | null;
  returned_at: number | null;
  supplement_requests: number;
  procedure_code: string;
  procedure_name: string;
  field_code: string;
  field_name: string;
  channel: number;
  handler_path: string;
  handler: string;
  step_holder: string;
  simulated: number;
  /** In a list: where the newest chase about it stands that nobody has closed; null where there is none. */
  chase?: ChaseState | null;
  /** In a list: whether a slip of apology stands, 1 or 0. */
  apologised?: number;
}

/** `GET /api/dossiers?…&sort=&limit=&after=`. `count` is the length of the whole list, whatever the page. */
export interface DossierPage {
  at: number;
  rule: RuleId;
  count: number;
  rows: DossierRow[];
  next: string | null;
}

/** One event in a dossier's timeline. */
export interface DossierStep {
  type: string;
  observed_at: number;
  received_at: number;
  source: string;
  status: number;
  due_at: number | null;
  step_holder: string;
  handler: string;
  simulated: number;
}

/** `GET /api/dossiers/:id?unit=`: state, clock and timeline of one dossier. Times in working milliseconds where the name says so. */
export interface DossierDetail {
  at: number;
  dossier: DossierRow;
  applicant_kind: number;
  pauses: { from: number; to: number | null; status: number }[];
  clock: {
    own_due_at: number | null;
    own_due_from: 'limit' | 'source' | null;
    source_due_at: number | null;
    /** The source's promise less our own, elapsed and working ms. */
    difference_ms: number | null;
    difference_working_ms: number | null;
    paused_ms: number;
    paused_working_ms: number;
    used_working_ms: number | null;
    left_working_ms: number | null;
    source_left_working_ms: number | null;
    /** Working ms of one day there, to say them in days. */
    day_working_ms: number;
  };
  judgements: { rule: RuleId; outcome: Outcome; on_time: boolean | null }[];
  /** How likely it is to end late; null unless it is running, promised and looked at as of now, and dossiers to compare with are known. */
  forecast: Forecast | null;
  steps: DossierStep[];
  /** Codes of the other units in scope that use the same number, for a dossier of their own. */
  other_units: string[];
  /** Whether whoever asks may ask who handed it in. */
  may_see_applicant: boolean;
}

/** `GET /api/dossiers/:id/applicant`. What nobody said is empty. */
export interface ApplicantReply {
  name: string;
  phone: string;
  email: string;
}

/** `GET /api/dossiers/rules`: names and definitions, to be shown beside every figure. */
export interface RulesReply {
  rules: { id: RuleId; name: Text; definition: Text }[];
  outcomes: { id: Outcome; name: Text }[];
}

/** What the figures of one unit should be looked at for; it says what and how often, never why. */
export interface IntegrityFinding {
  code: FindingCode;
  unit: string;
  unit_path: string;
  /** How many dossiers show it, and how many of the unit's could have. */
  count: number;
  of: number;
  text: Text;
  /** The first of them, in order of their numbers: as many as an address can name. */
  dossier_ids: string[];
}

/** `GET /api/integrity?unit=&from=&to=`: findings among the dossiers ended in a span, and those accepted in it that are open. Epoch ms. */
export interface IntegrityReply {
  at: number;
  from: number;
  to: number;
  /** How many dossiers were looked at. */
  dossiers: number;
  findings: IntegrityFinding[];
}
