import { compareOids, indexBelow } from './oid.ts';
import { SnmpError, type SnmpSession } from './session.ts';
import type { SnmpValue, Varbind } from './snmp-value.ts';

/** Values asked for at once: about what fits into a datagram that is not cut up on its way. */
const VALUES_A_REQUEST = 48;
/** Columns asked for side by side. */
const COLUMNS_A_REQUEST = 12;
/** Rows of a column after which it is left: an agent that makes up objects without end. */
const MOST_ROWS = 20_000;

/** Columns of tables: the values by the index of their row. */
export type Columns = Map<string, Map<string, SnmpValue>>;

/**
 * Reads columns of tables side by side, each by as many requests as it needs; columns that the agent does not have are empty. One that goes backwards is left
 * where it does. Throws an `SnmpError`.
 */
export async function walkColumns(session: SnmpSession, columns: readonly string[]): Promise<Columns> {
  const found: Columns = new Map(columns.map((column) => [column, new Map()]));
  for (let at = 0; at < columns.length; at += COLUMNS_A_REQUEST)
    await walkBeside(session, columns.slice(at, at + COLUMNS_A_REQUEST), found);
  return found;
}

async function walkBeside(session: SnmpSession, columns: readonly string[], found: Columns): Promise<void> {
  let open = columns.map((column) => ({ column, cursor: column, rows: found.get(column) ?? new Map() }));
  let most = VALUES_A_REQUEST;
  while (open.length > 0) {
    const asked = open.slice(0, most);
    const lists = await bulk(session, asked, Math.max(1, Math.floor(most / asked.length)));
    if (!lists) {
      most = Math.floor(most / 2);
      continue;
    }
    const ended = new Set(asked.filter((one, n) => !take(one, lists[n] ?? [])));
    open = open.filter((one) => !ended.has(one));
  }
}

/** The answer; undefined where the agent says that it would be too large and fewer can be asked for. */
async function bulk(
  session: SnmpSession,
  asked: readonly { cursor: string }[],
  repetitions: number,
): Promise<Varbind[][] | undefined> {
  try {
    return await session.getBulk(
      asked.map(({ cursor }) => cursor),
      repetitions,
    );
  } catch (error) {
    if (error instanceof SnmpError && error.fault === 'too_big' && asked.length * repetitions > 1) return undefined;
    throw error;
  }
}

/** Takes the rows of one column out of an answer; false when there are no more. */
function take(
  one: { column: string; cursor: string; rows: Map<string, SnmpValue> },
  list: readonly Varbind[],
): boolean {
  if (list.length === 0) return false;
  for (const { oid, value } of list) {
    const index = indexBelow(oid, one.column);
    if (index === undefined || value === null || compareOids(oid, one.cursor) <= 0) return false;
    one.rows.set(index, value);
    one.cursor = oid;
  }
  return one.rows.size < MOST_ROWS;
}

/** Reads objects, as many at once as fit. Those that the agent does not have are null. Throws an `SnmpError`. */
export async function getAll(session: SnmpSession, oids: readonly string[]): Promise<Map<string, SnmpValue>> {
  const found = new Map<string, SnmpValue>();
  let most = VALUES_A_REQUEST;
  for (let at = 0; at < oids.length;) {
    const asked = oids.slice(at, at + most);
    try {
      // the agent answers in the order of the request, whatever it calls the objects
      for (const [n, { value }] of (await session.get(asked)).entries()) found.set(asked[n] ?? '', value);
      at += asked.length;
    } catch (error) {
      if (!(error instanceof SnmpError) || error.fault !== 'too_big' || asked.length === 1) throw error;
      most = Math.floor(most / 2);
    }
  }
  return found;
}
