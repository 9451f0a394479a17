/**
 * `npm run audit [-- --instants N]`: compares what `live` keeps of dossiers with what `history` folds, bucket by bucket, row by row, and history with
 * the fold by other code at random instants. Names what differs; exit code 1 when something does. Runs beside a running product, or
 * starts the engine of DATA_DIR for itself.
 */
import { parseArgs } from 'node:util';
import { auditLive, listBuckets } from '#ingest/clickhouse/audit/live-audit.ts';
import { auditPast } from '#ingest/clickhouse/audit/past-audit.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { createClock } from '#ingest/schema/clock.ts';
import { runTool } from '../cleanup.ts';
import { reachDatabase } from '../reach.ts';
import { readConfig } from '../supervisor/config.ts';

const { values } = parseArgs({ options: { instants: { type: 'string', default: '50' } } });
/** Two years: instants before the first event are no test. */
const PAST_MS = 730 * 86_400_000;

await runTool(async (cleanup) => {
  const client = connect((await reachDatabase(readConfig(process.env), cleanup)).owner, { timeout_ms: 120_000 });
  cleanup.add(() => client.close());
  const buckets = await listBuckets(client);
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  let differences = 0;
  for (const month of new Set(buckets.map((bucket) => bucket.month))) {
    for (const { relation, unit_path, id, columns } of await auditLive({ month }, { client })) {
      differences += 1;
      say(
        `${relation} ${unit_path} ${month} ${id}: ${columns.length === 0 ? 'only one of the two knows it' : columns.join(', ')}`,
      );
    }
  }
  say(`${buckets.length} buckets of live against history: ${differences} differences`);
  const now = createClock()();
  let wrong = 0;
  const count = buckets.length === 0 ? 0 : Number(values.instants);
  for (let turn = 0; turn < count; turn += 1) {
    const bucket = buckets[Math.floor(Math.random() * buckets.length)];
    if (!bucket) break;
    const at = now - Math.random() * PAST_MS;
    const found = await auditPast(client, bucket, { at, known_at: at + Math.random() * (now - at) });
    wrong += found.length;
    for (const id of found) say(`history ${bucket.unit_path} ${id} as of ${new Date(at).toISOString()}: not the fold`);
  }
  say(`${count} instants of history against the fold: ${wrong} differences`);
  if (differences + wrong > 0) throw new Error('live and history are not the same');
});
