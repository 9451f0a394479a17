import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { IocError } from '../errors.ts';
import { AUDIT_COLUMNS, StoredRowSchema, type AuditRow } from './audit-event.ts';

/** Which acts are asked for: the newest before a cursor. */
export interface PageOrder {
  /** Id of an account, a session or a token; all when absent. */
  account?: string | undefined;
  action?: string | undefined;
  /** Where the page before ended. */
  before?: string | undefined;
  limit: number;
}

/** Acts, the newest first, and where they end; `next` is null on the last page. */
export interface Page {
  rows: AuditRow[];
  next: string | null;
}

/** Reads a page of what was done. Throws `IOC_BAD_REQUEST` for a cursor that is none, `IOC_STORE_AWAY`. */
export type ReadPage = (order: PageOrder) => Promise<Page>;

const CursorSchema = z.tuple([z.coerce.number().int(), z.uuid(), z.coerce.number().int()]);
/** After the last instant: the first page. */
const END = [4_000_000_000_000, 'ffffffff-ffff-4fff-bfff-ffffffffffff', 0] as const;

const SELECT = `
  SELECT ${AUDIT_COLUMNS}
  FROM auth.audit_event
  WHERE (at, chain, seq) < (fromUnixTimestamp64Milli({at:Int64}), toUUID({chain:String}), {seq:UInt64})
    AND ({account:String} = '' OR account = {account:String} OR id = {account:String})
    AND ({action:String} = '' OR action = {action:String})
  ORDER BY at DESC, chain DESC, seq DESC
  LIMIT {most:UInt32}`;

/** Makes the reader of pages; `client` is one of the user `keeper`. */
export function readPage(client: ClickHouseClient): ReadPage {
  return async ({ account = '', action = '', before, limit }) => {
    const cursor = before === undefined ? { success: true, data: END } : CursorSchema.safeParse(before.split('~'));
    if (!cursor.data) throw new IocError('IOC_BAD_REQUEST', 'before is no cursor');
    const [at, chain, seq] = cursor.data;
    try {
      const reply = await client.query({
        query: SELECT,
        format: 'JSONEachRow',
        query_params: { at, chain, seq, account, action, most: limit + 1 },
      });
      const found = z.array(StoredRowSchema).parse(await reply.json());
      const rows = found.slice(0, limit);
      const last = found.length > limit ? rows.at(-1) : undefined;
      return { rows, next: last ? `${last.at}~${last.chain}~${last.seq}` : null };
    } catch (error) {
      throw new IocError('IOC_STORE_AWAY', undefined, error);
    }
  };
}
