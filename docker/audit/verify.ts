/**
 * `npm run audit:verify`: checks the audit log, every row of every chain, against its key and the heads that were kept outside of the database. Names each
 * row that was changed, put in or taken out, and each end that was cut; exit code 1 when there is one. Runs beside a running product, or starts
 * the engine of DATA_DIR for itself.
 */
import { join } from 'node:path';
import { verifyTrail } from '#api/trail/verify.ts';
import type { ChainFault } from '#api/trail/check-chain.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { runTool } from '../cleanup.ts';
import { reachDatabase } from '../reach.ts';
import { readConfig } from '../supervisor/config.ts';
import { auditHeads } from '../supervisor/env.ts';
import { readAuditKey } from '../supervisor/tokens.ts';

const WORDS: Record<ChainFault['kind'], string> = {
  changed: 'changed',
  missing: 'missing',
  inserted: 'put in, or there twice',
  unhinged: 'does not follow the row before',
  cut: 'missing: the end was cut off',
  gone: 'the list names this chain, but neither its head nor a row is there',
  unlisted: 'not in the list of chains: the list was cut, or the product has not been started since there is one',
  headless: 'no head is kept of this chain: its end cannot be told, or it is none of ours',
};

await runTool(async (cleanup) => {
  const config = readConfig();
  const key = config.AUDIT_KEY ?? (await readAuditKey(join(config.DATA_DIR, 'audit-key')));
  const client = connect((await reachDatabase(config, cleanup)).keeper, { timeout_ms: 600_000 });
  cleanup.add(() => client.close());
  const { chains, rows, faults } = await verifyTrail({ client, key, heads: auditHeads(config.DATA_DIR) });
  for (const { chain, kind, from, to } of faults)
    process.stdout.write(`${chain} ${from === to ? `row ${from}` : `rows ${from} to ${to}`}: ${WORDS[kind]}\n`);
  process.stdout.write(`${rows} rows in ${chains} chains: ${faults.length} faults\n`);
  if (faults.length > 0) throw new Error('the audit log is not as it was written');
});
