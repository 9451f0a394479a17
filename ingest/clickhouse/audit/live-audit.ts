import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { COUNTS, GROUP_COLUMNS } from '../fold/live-dossiers.ts';
import type { TallyBucket } from '../fold/place.ts';

/** The dossiers whose number is of one month (`yyyy-MM-01`; the alerts whose onset was in it, the hours of links), of one unit or of all. */
export interface Slice {
  month: string;
  unit_path?: string;
}

/** Something that `live` and `history` do not say alike. */
export interface Difference extends TallyBucket {
  relation: keyof typeof PAIRS;
  /** The dossier, the alert, `dimension key` of a count, `link source` of a word, `link hour` of an hour. */
  id: string;
  /** The columns that differ; empty when only one of the two knows it. */
  columns: string[];
}

/** What an audit works with. */
export interface LiveAuditOptions {
  /** The reader's or the writer's. */
  client: ClickHouseClient;
  /** `live` follows the log by a moment: what differs is looked at again after this time, in milliseconds. @default 6_000 */
  settle_ms?: number;
  /** Ends the wait; nothing is found then. */
  signal?: AbortSignal;
}

/** What is kept lately for sure, less a day for the clock to go on; and its columns. */
const LATELY = 'last_observed_at >= (SELECT max(folded_at) FROM live.dossier_row) - INTERVAL 39 DAY';
const LATELY_COLUMNS =
  'unit_path, dossier_id, opened_on, accepted_at, finished_at, closed, channel, procedure_code, field_code, handler, outcome_province, on_time_province, outcome_766, on_time_766, last_observed_at, last_received_at, simulated';

/** The groups of a relation of kept counts, a row each. */
const groupsOf = (relation: string, columns: readonly string[]) =>
  `(SELECT ${[...columns, ...GROUP_COLUMNS].join(', ')} FROM ${relation} ARRAY JOIN ${GROUP_COLUMNS.map((name) => `groups.${name} AS ${name}`).join(', ')})`;
const TALLY = groupsOf('live.dossier_tally', ['dimension', 'unit_path', 'month']);

/** What sources said of links, and the hours that are over. What came again was received later than the log keeps it: that alone may differ. */
const WORD_COLUMNS =
  'word last_up_at first_down_at last_down_at sample_at from_unit ring latency_ms loss_ratio rx_bps tx_bps simulated'.split(
    ' ',
  );
// as text: tuples have names in the one and none in the other
const wordsOf = (database: string) =>
  `(SELECT unit_path, link_id, source, ${WORD_COLUMNS.map((name) => `toString(w.${name}) AS ${name}`).join(', ')} FROM ${database}.link_word AS w)`;
const hoursOf = (database: string) =>
  `(SELECT * EXCEPT (last_received_at) FROM ${database}.link_hour WHERE hour < (SELECT max(hour) FROM live.link_hour))`;

/**
 * What is compared. The fold is made once: where `live.dossier` is `history.dossier`, the open ones and the counts of history are those
 * that follow from it, and it is far cheaper to read than to fold.
 */
const PAIRS = {
  dossier: { live: 'live.dossier', right: 'history.dossier', month: 'toStartOfMonth(opened_on)', id: 'dossier_id' },
  dossier_open: {
    live: 'live.dossier_open',
    right: "(SELECT * FROM live.dossier WHERE clock != 'ended')",
    month: 'toStartOfMonth(opened_on)',
    id: 'dossier_id',
  },
  dossier_lately: {
    live: `(SELECT ${LATELY_COLUMNS} FROM live.dossier_lately WHERE ${LATELY})`,
    right: `(SELECT ${LATELY_COLUMNS} FROM live.dossier WHERE ${LATELY})`,
    month: 'toStartOfMonth(opened_on)',
    id: 'dossier_id',
  },
  dossier_tally: {
    live: TALLY,
    right: '(SELECT * EXCEPT (events) FROM live.dossier_count WHERE closed > 0)',
    month: 'month',
    id: "concat(dimension, ' ', key)",
  },
  // of all months: whatever month is asked for
  dossier_total: {
    live: groupsOf('live.dossier_total', ['dimension', 'unit_path']),
    right: `(SELECT dimension, unit_path, key, max(t.name) AS name, ${COUNTS.map((name) => `toUInt32(sum(t.${name})) AS ${name}`).join(', ')}
      FROM ${TALLY} AS t WHERE dimension != 'finished_on' GROUP BY dimension, unit_path, key)`,
    month: '{month:Date}',
    id: "concat(dimension, ' ', key)",
  },
  alert: { live: 'live.alert', right: 'history.alert', month: 'toStartOfMonth(onset_at)', id: 'alert_id' },
  // of all time, so it is compared once a round: with the newest month
  link_word: {
    live: wordsOf('live'),
    right: wordsOf('history'),
    month: '(SELECT toStartOfMonth(max(hour)) FROM live.link_hour)',
    id: "concat(link_id, ' ', source)",
  },
  // the running hour changes all the time
  link_hour: {
    live: hoursOf('live'),
    right: hoursOf('history'),
    month: 'toStartOfMonth(hour)',
    id: "concat(link_id, ' ', toString(hour))",
  },
} as const;
const RELATIONS = [
  ...(['dossier', 'dossier_open', 'dossier_lately', 'dossier_tally', 'dossier_total'] as const),
  ...(['alert', 'link_word', 'link_hour'] as const),
];

/** Most differences that are named of one relation in one bucket. */
const MOST = 100;
const BucketsSchema = z.array(z.object({ unit_path: z.string(), month: z.string() }));
const SumsSchema = z.array(z.object({ unit_path: z.string(), sum: z.string() }));
const RowsSchema = z.array(z.looseObject({ audit_id: z.string() }));

/** Every bucket that the logs have dossiers, alerts or links of, oldest month first. Reads two columns of the log: a second at two million dossiers; of links, whose log is many times as long, one. */
export async function listBuckets(client: ClickHouseClient): Promise<TallyBucket[]> {
  const query = `SELECT DISTINCT unit_path, toString(month) AS month FROM (
      SELECT unit_path, toStartOfMonth(opened_on) AS month FROM log.dossier_event
      UNION ALL SELECT unit_path, toStartOfMonth(onset_at) FROM log.alert_event WHERE type != 'alert.evaluated'
      UNION ALL SELECT unit_path, toDate(concat(_partition_id, '01')) FROM log.link_event
    ) ORDER BY month, unit_path`;
  return BucketsSchema.parse(await (await client.query({ query, format: 'JSONEachRow' })).json());
}

/**
 * Compares what `live` and `history` say, now, of the dossiers of a slice: every relation, every row, every column. First by a sum over the
 * rows of each unit; where sums differ row by row, and once more after `settle_ms`. Empty when they say the same.
 *
 * It is the step of an audit that runs all day: one bucket of `listBuckets` a tick, some hundred milliseconds each; a month at once
 * costs the fold of its dossiers. Throws what the store throws.
 */
export async function auditLive(slice: Slice, options: LiveAuditOptions): Promise<Difference[]> {
  const { client, settle_ms = 6_000, signal } = options;
  const found = await differences(client, slice);
  if (found.length === 0) return [];
  await sleep(settle_ms, undefined, { signal }).catch(() => undefined);
  if (signal?.aborted) return [];
  const name = ({ relation, unit_path, id }: Difference) => `${relation}\0${unit_path}\0${id}`;
  const before = new Set(found.map(name));
  const units = new Set(found.map(({ unit_path }) => unit_path));
  const still: Difference[] = [];
  for (const unit_path of units)
    still.push(...(await differences(client, { ...slice, unit_path })).filter((one) => before.has(name(one))));
  return still;
}

async function differences(client: ClickHouseClient, slice: Slice): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const relation of RELATIONS)
    for (const unit_path of await unlikeUnits(client, relation, slice))
      found.push(...(await compare(client, relation, { unit_path, month: slice.month })));
  return found;
}

function where(relation: Difference['relation'], { unit_path }: Slice): string {
  const inMonth = `${PAIRS[relation].month} = {month:Date}`;
  return unit_path === undefined ? inMonth : `${inMonth} AND unit_path = {unit_path:String}`;
}

/** The units of which the sums over the rows differ. */
async function unlikeUnits(client: ClickHouseClient, relation: Difference['relation'], slice: Slice) {
  const sums = async (from: string) => {
    const query = `SELECT unit_path, toString((count(), sum(cityHash64(toString(tuple(*)))))) AS sum
      FROM ${from} WHERE ${where(relation, slice)} GROUP BY unit_path`;
    const reply = await client.query({ query, query_params: { ...slice }, format: 'JSONEachRow' });
    return new Map(SumsSchema.parse(await reply.json()).map(({ unit_path, sum }) => [unit_path, sum]));
  };
  const { live, right } = PAIRS[relation];
  const [kept, told] = [await sums(live), await sums(right)];
  return [...new Set([...kept.keys(), ...told.keys()])].filter((unit) => kept.get(unit) !== told.get(unit));
}

async function compare(client: ClickHouseClient, relation: Difference['relation'], bucket: TallyBucket) {
  const { live, right, id } = PAIRS[relation];
  const read = async (from: string) => {
    const query = `SELECT ${id} AS audit_id, * FROM ${from} WHERE ${where(relation, bucket)}`;
    const reply = await client.query({ query, query_params: { ...bucket }, format: 'JSONEachRow' });
    return new Map(RowsSchema.parse(await reply.json()).map((row) => [row.audit_id, row]));
  };
  const [kept, told, after] = [await read(live), await read(right), await read(live)];
  const found: Difference[] = [];
  for (const key of new Set([...kept.keys(), ...told.keys()])) {
    const [one, other] = [kept.get(key), told.get(key)];
    // what changed meanwhile cannot be judged: a link is heard twice a minute
    if (JSON.stringify(one) !== JSON.stringify(after.get(key))) continue;
    const columns =
      one && other
        ? Object.keys(one).filter((column) => JSON.stringify(one[column]) !== JSON.stringify(other[column]))
        : [];
    if (!one || !other || columns.length > 0) found.push({ ...bucket, relation, id: key, columns });
    if (found.length === MOST) break;
  }
  return found;
}
