/** Where a chase stands: sent, read, answered, closed; late when it was not answered by its deadline. */
export type ChaseState = 'sent' | 'acknowledged' | 'answered' | 'closed' | 'escalated';

/** What can be done with a chase. */
export type ChaseStep = 'acknowledge' | 'answer' | 'close';

/** A chase (đôn đốc): a unit is asked about dossiers, by a deadline. */
export interface Chase {
  chase_id: string;
  /** The unit that is to answer. */
  unit: string;
  unit_path: string;
  state: ChaseState;
  dossier_ids: string[];
  text: string;
  sent_at: number;
  sent_by: string;
  deadline_at: number;
  acknowledged_at: number | null;
  acknowledged_by: string;
  answered_at: number | null;
  answered_by: string;
  answer: string;
  closed_at: number | null;
  closed_by: string;
  /** Since when it is escalated: its deadline, while it has no answer. */
  escalated_at: number | null;
  simulated: number;
  /** What is left to do with it for the side of whoever looks: the unit that is asked, or who asked. */
  steps: ChaseStep[];
}

/** `GET /api/chases?unit=&at=&state=&dossier=`: newest first. */
export interface ChasePage {
  at: number;
  rows: Chase[];
}

/** `POST /api/chases`: one chase for each unit that the dossiers lie in. Replies `{ chases: Chase[] }` once they are stored. */
export interface ChaseRequest {
  dossier_ids: string[];
  text: string;
  deadline_at: string;
}

/** `POST /api/chases/:id/acknowledge|answer|close`; replies the chase. `text` is what the unit answers. */
export interface ChaseAnswer {
  text?: string;
}

/**
 * The newest slip of apology of a dossier as it was noted: when and by whom, and the new appointment if it was told. Epoch ms. `unit` is empty when it is
 * not in the tree.
 */
export interface ApologySlip {
  dossier_id: string;
  unit: string;
  sent_at: number;
  sent_by: string;
  promised_at: number | null;
}

/** `POST /api/apologies/revoke`: the note that a slip was sent is taken back; replies as `GET`. */
export interface ApologyRevocation {
  dossier_id: string;
  unit?: string;
  reason: string;
}

/** `GET /api/apologies?dossier=&unit=&at=`: a row for each unit that uses the number. */
export interface ApologiesReply {
  at: number;
  rows: ApologySlip[];
}

/**
 * `POST /api/apologies`: notes that the applicants of these dossiers, overdue by either rule, were sent a slip. Replies as `GET` does for them. Of a number
 * that several units use, each of its overdue dossiers within `unit` is meant.
 */
export interface ApologyRequest {
  dossier_ids: string[];
  unit?: string;
  promised_at?: string;
}

/** The deadlines that a chase is offered. */
export type DeadlineId = 'today' | 'working_1' | 'working_3';

/**
 * `GET /api/chases/deadlines`: ends of working days by the province's calendar, epoch ms: of today, absent when it has passed, and of the first
 * and the third working day after it.
 */
export interface DeadlinesReply {
  at: number;
  deadlines: { id: DeadlineId; at: number }[];
}
