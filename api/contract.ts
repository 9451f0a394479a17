import type { Board } from '#dashboards/schema/board.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { Metric } from '#dashboards/schema/metric.ts';
import type { Family } from '#ingest/schema/event.ts';
import type { Text } from '#ingest/schema/unit-tree.ts';
import type { ScreenOrders, ScreenSign } from './contract-screens.ts';

/** One value of a row as it travels. An instant is epoch milliseconds; null is "missing". */
export type Cell = number | string | null;

/** The rows of a query, by position. */
export interface Rows {
  columns: string[];
  rows: Cell[][];
}

/** The newest event of one source: when it happened, when we saw it (epoch ms). */
export interface SourceAge {
  family: Family;
  source: string;
  observed_at: number;
  received_at: number;
  simulated: boolean;
}

/** A source of a pulse. `is_silent`: whether it is beyond its own limit of silence; null where it has none, or nobody looks. */
export interface PulseSource extends SourceAge {
  is_silent: boolean | null;
}

/** A failure that a person can read. `code` is stable. */
export interface Failure {
  code: string;
  message: string;
}

/**
 * The full result of a key. `seq` rises by one with every change, from a start of its own; `at` is the instant that the rows are
 * true for (epoch ms); `failure` is set when the newest attempt failed: the rows are then those of the last one that did not,
 * none when none ever did.
 */
export interface Snapshot extends Rows {
  key: string;
  seq: number;
  at: number;
  query_ms: number;
  failure: Failure | null;
}

/**
 * The change from `seq - 1` to `seq`: rows to set by position, and the new number of rows. A viewer that holds another `seq`
 * asks for the snapshot again.
 */
export interface Diff {
  key: string;
  seq: number;
  at: number;
  query_ms: number;
  failure: Failure | null;
  length: number;
  set: [index: number, row: Cell[]][];
}

/** How fresh a scope is: the server's clock and every source. Sent at most once a second, at least every five. */
export interface Pulse {
  now: number;
  /** `seq` of every key this scope serves, so that a lost last message is noticed. */
  seqs: Record<string, number>;
  sources: PulseSource[];
  /** Set while the database does not answer. */
  failure: Failure | null;
}

/** A panel of a board with the key of each of its queries. */
export type PanelKeys = Record<string, string>;

/** A board, resolved for one viewer: what to draw, and the keys to join. */
export interface ResolvedBoard {
  id: string;
  /** Changes whenever the file, or one that it uses, does. */
  revision: string;
  board: Board;
  metrics: Record<string, Metric>;
  /** Panel id to (query role to key). */
  keys: Record<string, PanelKeys>;
  /** The root of what this viewer sees. */
  unit: { code: string; path: string };
  /** The value of each variable of the board, which its panels were resolved by. */
  chosen: Record<string, string | number>;
}

/** A unit as the web needs it. */
export interface UnitInfo {
  code: string;
  path: string;
  parent: string | null;
  type: string;
  name: string;
  short: string;
  seat: [number, number] | null;
}

/** `GET /api/province`: the tree under the viewer's scope, and what the page is headed with. */
export interface Province {
  id: string;
  name: Text;
  heading: Text;
  root: string;
  map: string;
  zone: string;
  units: UnitInfo[];
}

/** `GET /api/boards`: a board in the list. `fault` is set while its file is broken and an older version is served. */
export interface BoardSummary {
  id: string;
  title: Text;
  questions: Text[];
  /** Drawn on the page of each unit: no wall of its own. */
  of_unit: boolean;
  fault: FileFault[];
}

/** `GET /api/boards/:id/file`: its text, exactly, and its place in the dashboards folder. */
export interface BoardFile {
  file: string;
  text: string;
}

/** The answer to a request over the socket. */
export type Ack<T> = (reply: { ok: true; value: T } | { ok: false; failure: Failure }) => void;

/** What a viewer gets when it begins to follow a board. */
export interface Followed {
  board: ResolvedBoard;
  snapshots: Snapshot[];
  pulse: Pulse;
}

/** What became of the text of a draft: what is wrong with it, in the words of `npm run check`, or the board that it is. */
export type Previewed = { faults: FileFault[]; shown: null } | { faults: []; shown: Followed };

/** Events from a viewer. The server computes scope and keys; a viewer names a board, a unit within its own scope, and what it chooses of the board's variables. */
export interface ViewerEvents {
  /** Begins to follow a board: joins the rooms of its keys. Replaces the board followed before. */
  'board:watch': (
    request: { board: string; unit?: string; variables?: Record<string, string> },
    ack: Ack<Followed>,
  ) => void;
  /**
   * Checks the text of a board and, where nothing is wrong with it, follows what it draws in place of what was followed before. Nobody else is shown it,
   * and nothing of it is kept. For those who may edit.
   */
  'board:preview': (
    request: { board: string; text: string; unit?: string; variables?: Readonly<Record<string, string>> },
    ack: Ack<Previewed>,
  ) => void;
  /** Asks for the full result of keys of the followed board, after a gap. */
  'key:snapshot': (request: { keys: string[] }, ack: Ack<Snapshot[]>) => void;
  /** A screen tells how it is, every ten seconds. Not answered. */
  'screen:seen': (sign: ScreenSign) => void;
}

/** Events to viewers. */
export interface ServerEvents {
  'key:diff': (diff: Diff) => void;
  /** A full result: more had changed than had not. */
  'key:snapshot': (snapshot: Snapshot) => void;
  pulse: (pulse: Pulse) => void;
  /** The followed board changed; snapshots of keys that are new to it come along. */
  'board:changed': (change: { board: ResolvedBoard; snapshots: Snapshot[] }) => void;
  /** A file of the followed board is broken; the last good version is still served. Empty when mended. */
  'board:fault': (faults: FileFault[]) => void;
  /** What a screen is to do; sent to screens alone, when they connect and whenever it changes. */
  'screen:orders': (orders: ScreenOrders) => void;
  /** What was shown at the door is worth nothing any more; the connection is closed. */
  'session:ended': () => void;
}

/** `GET /api/sources`. Instants are epoch ms. */
export interface SourcesReport {
  at: number;
  sources: SourceAge[];
  /** Events refused since midnight, by source and the code of the reason. */
  refused: { source: string; code: string; count: number; last_at: number }[];
  /** Every source heard, the silent first. */
  health: SourceHealth[];
  /** The entries of the collector, the fullest queue first. */
  entries: EntryHealth[];
}

/** How a source is. Instants are epoch ms, lengths ms; null where nobody knows. */
export interface SourceHealth {
  family: Family;
  source: string;
  observed_at: number;
  received_at: number;
  /** The longest silence that is usual for it, and whether it is silent beyond that. */
  limit_ms: number | null;
  is_silent: boolean | null;
  /** Events a minute over the last five. */
  per_minute: number | null;
  /** Of them, refused. */
  rejected: number | null;
  simulated: boolean;
}

/** What waits at an entry of the collector, by its newest report; counts are those since midnight. */
export interface EntryHealth {
  entry: string;
  said_at: number;
  per_minute: number | null;
  queue_bytes: number | null;
  queue_limit_bytes: number | null;
  oldest_ms: number | null;
  dropped: number;
  /** Of datagrams, those that the kernel dropped before they were read; null where it does not say. */
  kernel_dropped: number | null;
  faulty: number;
  error: string;
}

/** A refused event as it was kept: redacted. `mended_at` is when it was sent once more and stored; null while it is not. */
export interface DeadLetter {
  id: string;
  received_at: number;
  entry: string;
  source: string;
  unit: string;
  code: string;
  reason: string;
  payload: string;
  simulated: boolean;
  mended_at: number | null;
}

/** `GET /api/sources/letters`: the newest first. `open` counts those that were not mended. */
export interface LetterPage {
  at: number;
  count: number;
  open: number;
  rows: DeadLetter[];
  groups: { source: string; code: string; entry: string; count: number; open: number; newest_at: number }[];
}

/** `POST /api/sources/redrive`: what became of some letters of a source and reason. `next` goes on after them; null when there are no more. */
export interface RedriveReport {
  asked: number;
  mended: number;
  refused: number;
  impossible: number;
  accepted: number;
  duplicate: number;
  /** Why the others stay as they are. */
  reasons: { code: string; reason: string; count: number }[];
  next: string | null;
}

/** `GET /api/audit`: how far the comparison of `live` with `history` is, and what differs. */
export interface AuditReport {
  buckets: number;
  compared: number;
  rounds: number;
  completed_at: number | null;
  compared_at: number | null;
  differences: number;
  examples: { relation: string; unit_path: string; month: string; id: string; columns: string[] }[];
  is_failing: boolean;
}
