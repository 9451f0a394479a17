/** How a link is: down; silent, when it used to send samples and has sent none for a quarter of an hour while others do; up otherwise. */
export type LinkState = 'up' | 'down' | 'silent';

/** A link in a list. Instants are epoch ms; null is "not known". `unit` is empty when it is not in the tree. */
export interface LinkRow {
  link_id: string;
  unit: string;
  from_unit: string;
  ring: string;
  state: LinkState;
  /** When it was last seen alive, and when it last sent a sample. */
  alive_at: number | null;
  sample_at: number | null;
  latency_ms: number | null;
  loss_ratio: number | null;
  simulated: number;
}

/** `GET /api/links`. `count` is the length of the whole list. */
export interface LinkPage {
  at: number;
  count: number;
  rows: LinkRow[];
}

/** An alert of a security sensor in a list. `severity` 0 is unclassified, 4 critical. */
export interface SecurityRow {
  id: string;
  unit: string;
  observed_at: number;
  severity: number;
  category: string;
  signature: string;
  asset: string;
  action: string;
  source: string;
  simulated: number;
}

/** `GET /api/security`, newest first. */
export interface SecurityPage {
  at: number;
  count: number;
  rows: SecurityRow[];
}

/** The newest reading of a series in a list. */
export interface ReadingRow {
  unit: string;
  metric: string;
  subject: string;
  place: string;
  observed_at: number;
  value: number;
  value_unit: string;
  simulated: number;
}

/** `GET /api/readings`. `sum` adds up the values of the whole list; null where there are none. */
export interface ReadingPage {
  at: number;
  count: number;
  sum: number | null;
  rows: ReadingRow[];
}

/** What one reading counted, in a list. */
export interface CountRow {
  id: string;
  unit: string;
  metric: string;
  subject: string;
  place: string;
  source: string;
  observed_at: number;
  value: number;
  value_unit: string;
  simulated: number;
}

/** `GET /api/counts`, newest first. `count` and `sum` are of the whole list, `next` the cursor of the next page. */
export interface CountPage {
  at: number;
  count: number;
  sum: number | null;
  next: string | null;
  rows: CountRow[];
}

/** A figure that somebody stated, in a list; null takes back what was said before. */
export interface EntryRow {
  unit: string;
  metric: string;
  period: string;
  value: number | null;
  actor: string;
  note: string;
  source: string;
  observed_at: number;
  simulated: number;
}

/** `GET /api/entries`. `sum` adds up what stands; null for the history. */
export interface EntryPage {
  at: number;
  count: number;
  sum: number | null;
  rows: EntryRow[];
}
