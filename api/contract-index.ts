import type { Grade766 } from '#ingest/dossier/index-766.ts';
import type { Group766Id, Part766Id } from '#ingest/dossier/index-766-parts.ts';
import type { Text } from '#ingest/schema/unit-tree.ts';

/** A figure that somebody entered by hand; instants are epoch ms. */
export interface EnteredBy {
  /** The month that it is of: `2026-11`. */
  period: string;
  by: string;
  at: number;
  note: string;
}

/** One part of the index 766, as it stands for a unit and a span. */
export interface IndexPart {
  id: Part766Id;
  name: Text;
  definition: Text;
  most: number;
  /** The rate, 0 to 1, from which on there are full marks. */
  full_at: number;
  /** What was counted, out of what; null while neither the feed nor anybody says. Of 5.4: complaints. */
  part: number | null;
  whole: number | null;
  /** 0 to 1; null where it cannot be said: missing is not zero. */
  rate: number | null;
  points: number | null;
  /** Who says it; `both`: 5.4 is made of 2.1 and complaints. Null while it is missing. */
  from: 'feed' | 'hand' | 'both' | null;
  /** Whether it is to be entered by hand, because the feed does not give it. */
  is_entered: boolean;
  /** The newest entry that it is made of. */
  entered: EnteredBy | null;
}

/** Points of what is known, out of `known`; null where nothing is. */
export interface IndexSum {
  points: number | null;
  known: number;
  most: number;
}

/** A group of the index with its parts. */
export interface IndexGroup extends IndexSum {
  id: Group766Id;
  name: Text;
  parts: IndexPart[];
}

/**
 * Open dossiers of one procedure, one unit or all (`key` empty) and the points that hang on them: `overdue_points` would be gained were the overdue
 * ones counted as kept, `due_soon_points` will be lost when those due within 24 hours are not done in time.
 */
export interface IndexFix {
  kind: 'all' | 'procedure' | 'unit';
  key: string;
  label: string;
  overdue: number;
  overdue_points: number | null;
  due_soon: number;
  due_soon_points: number | null;
}

/** `GET /api/index-766?unit=&from=&to=`: days of the province, both included; the present month when absent. */
export interface IndexReply extends IndexSum {
  /** The instant that it is true for, epoch ms: now, or the end of a span that has passed. */
  at: number;
  unit: string;
  from: string;
  to: string;
  grade: Grade766 | null;
  groups: IndexGroup[];
  /** Mean time from acceptance to finish, ms (part 2.2, for information). */
  mean_ms: number | null;
  /** What one dossier of 2.1 brings. */
  dossier_points: number | null;
  /** Empty for a span that has passed: its lists are closed. */
  fixes: IndexFix[];
}

/** `POST /api/entries`: figures of one unit and period, entered by hand; null takes one back. Replies 201 when they are stored. */
export interface EntryRequest {
  unit?: string;
  period: string;
  figures: { metric: string; value: number | null }[];
  note?: string;
}
