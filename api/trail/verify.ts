import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { AUDIT_COLUMNS, StoredRowSchema } from './audit-event.ts';
import { checkChain, type ChainFault } from './check-chain.ts';
import { readChains, readHeads } from './heads.ts';

/** What a verification found. */
export interface Verified {
  chains: number;
  rows: number;
  faults: ChainFault[];
}

/** What is verified with: a client that may read `auth`, the key, the folder of the heads. */
export interface VerifyOptions {
  client: ClickHouseClient;
  key: string;
  heads: string;
}

const ChainsSchema = z.array(z.object({ chain: z.string() }));

/** Checks every row of every chain that the database, a head or the list knows; reads as a stream. May run beside a product that goes on writing. */
export async function verifyTrail({ client, key, heads: folder }: VerifyOptions): Promise<Verified> {
  // before the rows: what is written in between is beyond the heads, and no fault
  const listed = await readChains(folder);
  const heads = await readHeads(folder);
  const known = new Set(await readChains(folder));
  const reply = await client.query({
    query: 'SELECT DISTINCT toString(chain) AS chain FROM auth.audit_event',
    format: 'JSONEachRow',
  });
  const stored = ChainsSchema.parse(await reply.json()).map(({ chain }) => chain);
  const faults: ChainFault[] = [];
  let rows = 0;
  const chains = new Set([...listed, ...heads.keys(), ...stored]);
  for (const chain of chains) {
    const check = checkChain(key, chain, heads.get(chain));
    const found = await client.query({
      query: `SELECT ${AUDIT_COLUMNS} FROM auth.audit_event WHERE chain = toUUID({of:String}) ORDER BY seq`,
      format: 'JSONEachRow',
      query_params: { of: chain },
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0, max_execution_time: 600 },
    });
    for await (const part of found.stream()) {
      for (const row of part) {
        check.take(StoredRowSchema.parse(row.json()));
        rows += 1;
      }
    }
    faults.push(...check.end());
    if (heads.has(chain) && !known.has(chain)) faults.push({ chain, kind: 'unlisted', from: 0, to: 0 });
  }
  return { chains: chains.size, rows, faults };
}
