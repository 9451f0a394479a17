/** What a database says about the columns of a query, or why it refuses it. */
export interface Described {
  /** The database asked: `live` or `history`. */
  database: string;
  /** Names and ClickHouse types, in order; undefined when it refuses. */
  columns?: readonly { name: string; type: string }[];
  /** The refusal, and where in the SQL (from 1) when the database says so. */
  error?: { message: string; line?: number; column?: number };
}

/** Asks a real engine about a query, in each database that the lens may pick. Rejects only when the engine cannot be reached. */
export type Describe = (
  sql: string,
  params: Readonly<Record<string, string | number>>,
) => Promise<readonly Described[]>;
