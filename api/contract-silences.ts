/** What the API says of silences and of notices that could not be delivered. Instants are epoch ms. */

/** How a label is compared; expressions are anchored at both ends. */
export interface SilenceMatcher {
  name: string;
  op: '=' | '!=' | '=~' | '!~';
  value: string;
}

/** A silence, or a window of maintenance: alerts of its unit, and of those below, whose labels all match are told to nobody while it stands. */
export interface SilenceInfo {
  silence_id: string;
  unit: string;
  unit_path: string;
  kind: 'silence' | 'maintenance';
  matchers: SilenceMatcher[];
  state: 'pending' | 'active' | 'expired';
  starts_at: number;
  ends_at: number;
  set_at: number;
  set_by: string;
  note: string;
  /** When it was ended before its time, and by whom. */
  ended_at: number | null;
  ended_by: string;
}

/** `GET /api/silences?unit=&at=`: those that stand or will, and those that ended in the last five days; newest first. */
export interface SilencesReply {
  at: number;
  rows: SilenceInfo[];
}

/** `POST /api/silences`; replies the silence. With `silence_id` that one is set anew. */
export interface SilenceRequest {
  silence_id?: string | undefined;
  kind?: 'silence' | 'maintenance' | undefined;
  matchers: SilenceMatcher[];
  /** RFC 3339; now when absent. */
  starts_at?: string | undefined;
  ends_at: string;
  note: string;
  /** A unit within the own scope; the whole scope when absent. */
  unit?: string | undefined;
}

/** `GET /api/silences/covered?unit=&matchers=`: how many open alerts such a silence would be about, and the first of them. */
export interface SilenceCover {
  at: number;
  count: number;
  alert_ids: string[];
}

/** A notice that no receiver took in time (a dead letter). */
export interface FailedNotice {
  alert_id: string;
  rule: string;
  unit: string;
  receiver: string;
  /** `failed`, or of the end of an alert `resolved_failed`. */
  reason: string;
  at: number;
}

/** `GET /api/notices/failed`: newest first, of the last seven days. */
export interface FailedNoticesReply {
  at: number;
  rows: FailedNotice[];
}

/** Who can be told of alerts: `GET /api/notices/receivers`, by id, in the order of the files. */
export interface ReceiverInfo {
  id: string;
  kind: 'app' | 'email' | 'webhook';
  name: { vi: string; en: string };
  enabled: boolean;
  /** How desks sound when a receiver of kind `app` is told; `none` for the others. */
  sound: 'none' | 'chime' | 'siren';
}

/** Who is on duty now by a roster: `GET /api/rosters`. */
export interface RosterInfo {
  id: string;
  name: { vi: string; en: string };
  on_shift: {
    person: string;
    account: string;
    shift: string;
    shift_name: { vi: string; en: string };
    from: string;
    to: string;
  }[];
}
