/**
 * `npm run audit [-- --instants N]`: compares what `live` keeps of dossiers, alerts and links with what `history` folds from the log: at the present, every
 * relation, bucket by bucket, row by row; of dossiers, at N random instants of two years, what is recalled from live with history, and history with the fold by
 * other code. Names what differs; exit code 1 when something does. Runs beside a running product, or starts the engine of DATA_DIR for itself.
 */
import { parseArgs } from 'node:util';
import type { ClickHouseClient } from '@clickhouse/client';
import { auditLive, listBuckets } from '#ingest/clickhouse/audit/live-audit.ts';
import { auditPast } from '#ingest/clickhouse/audit/past-audit.ts';
import { auditRecalled } from '#ingest/clickhouse/audit/recall-audit.ts';
import { auditRecent } from '#ingest/clickhouse/audit/recent-audit.ts';
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
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const now = createClock()();
  const buckets = await listBuckets(client);
  const present = await auditPresent(client, buckets, { now, say });
  const past = await auditInstants(client, buckets, { now, say, count: Number(values.instants) });
  say(present + past === 0 ? 'live and history are the same' : `${present + past} differences`);
  if (present + past > 0) throw new Error('live and history are not the same');
});

type Buckets = Awaited<ReturnType<typeof listBuckets>>;
interface Telling {
  now: number;
  say: (text: string) => void;
}

/** Every relation that is kept, as it is now; gives the number of differences. */
async function auditPresent(client: ClickHouseClient, buckets: Buckets, { now, say }: Telling): Promise<number> {
  let differences = 0;
  for (const month of new Set(buckets.map((bucket) => bucket.month)))
    for (const { relation, unit_path, id, columns } of await auditLive({ month }, { client })) {
      differences += 1;
      const what = columns.length === 0 ? 'only one of the two knows it' : columns.join(', ');
      say(`${relation} ${unit_path} ${month} ${id}: ${what}`);
    }
  const recent = await auditRecent(client, { now });
  if (recent > 0) say(`dossier_recent: ${recent} rows in one only`);
  say(`now: ${buckets.length} buckets of live against history, and recent events: ${differences + recent} differences`);
  return differences + recent;
}

/** The dossiers of a random month at each of `count` random instants, and what was known of them by a random later one. */
async function auditInstants(
  client: ClickHouseClient,
  buckets: Buckets,
  { now, say, count }: Telling & { count: number },
): Promise<number> {
  let differences = 0;
  const turns = buckets.length === 0 ? 0 : count;
  for (let turn = 0; turn < turns; turn += 1) {
    const bucket = buckets[Math.floor(Math.random() * buckets.length)];
    if (!bucket) break;
    // not before the dossiers began: there was nothing to be told
    const at = now - Math.random() * Math.min(PAST_MS, now - Date.parse(bucket.month));
    const instants = { at, known_at: at + Math.random() * (now - at) };
    const when = `as of ${new Date(at).toISOString()}, known by ${new Date(instants.known_at).toISOString()}`;
    for (const { relation, rows } of await auditRecalled(client, { month: bucket.month }, instants)) {
      differences += rows;
      say(`${relation} ${bucket.month} ${when}: ${rows} rows of live or history only`);
    }
    const found = await auditPast(client, bucket, instants);
    differences += found.length;
    for (const id of found) say(`history ${bucket.unit_path} ${id} ${when}: not the fold`);
  }
  say(`${turns} instants of live against history, and of history against the fold: ${differences} differences`);
  return differences;
}
