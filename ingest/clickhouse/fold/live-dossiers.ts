import { TupleParam, type ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { Clock } from '../../schema/clock.ts';
import type { DossierPlace, TallyBucket } from './place.ts';

/** Writes what `history` says of dossiers into `live`. Every method may be repeated, and run beside itself. */
export interface LiveDossiers {
  /** Folds these dossiers: all of their events in the log, those of other workers too. */
  refold: (places: readonly DossierPlace[]) => Promise<void>;
  /** Counts these buckets anew, from the rows of `live.dossier`, and the totals of their units. */
  count: (buckets: readonly TallyBucket[]) => Promise<void>;
  /**
   * Folds, and counts, every dossier of which something was received in the last `span_ms` before the newest reception, or before now
   * where a clock once ran ahead; all dossiers for `Infinity`. A month at a time, so that no statement is long.
   */
  refoldReceived: (span_ms: number) => Promise<void>;
}

/** Most dossiers of one statement. */
export const MOST_PLACES = 1_500;
/** Longest list of dossiers in one statement: it travels in the address, and a server takes a parameter of at most 128 KiB. */
const LONGEST = 90_000;

const REFOLD = `
  INSERT INTO live.dossier_row SELECT *, fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS folded_at FROM history.dossier
  WHERE (unit_path, dossier_id) IN {places:Array(Tuple(String, String))} AND opened_on IN {days:Array(Date)}`;
const REFOLD_MONTH = `
  INSERT INTO live.dossier_row SELECT *, fromUnixTimestamp64Milli({now:Int64}, 'UTC') AS folded_at FROM history.dossier
  WHERE opened_on >= {month:Date} AND opened_on < {month:Date} + INTERVAL 1 MONTH
    AND (unit_path, dossier_id) IN (
      SELECT unit_path, dossier_id FROM log.dossier_event
      WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) AND opened_on >= {month:Date} AND opened_on < {month:Date} + INTERVAL 1 MONTH)`;
const MONTHS = `
  SELECT DISTINCT toString(toStartOfMonth(opened_on)) FROM log.dossier_event
  WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) ORDER BY 1`;

/** Those of a group of `live.dossier_tally_row` that are added up. */
export const COUNTS = [
  ...['closed', 'accepted'],
  ...['early_province', 'on_time_province', 'late_province', 'early_766', 'on_time_766', 'late_766'],
  ...['withdrawn', 'rejected', 'stopped', 'judged_766', 'kept_766'],
];
/** The columns of a group of `live.dossier_tally_row`, in the order of the table. */
export const GROUP_COLUMNS = ['key', 'name', ...COUNTS];
const COUNT = `
  INSERT INTO live.dossier_tally_row
  SELECT dimension, unit_path, month, sum(events), ${GROUP_COLUMNS.map((name) => `groupArrayIf(${name}, closed > 0)`).join(', ')}
  FROM live.dossier_count`;
const COUNT_BUCKETS = `${COUNT}
  WHERE unit_path IN {paths:Array(String)} AND month IN {months:Array(Date)} AND (unit_path, month) IN {buckets:Array(Tuple(String, Date))}
  GROUP BY dimension, unit_path, month`;
const COUNT_MONTH = `${COUNT} WHERE month = {month:Date} GROUP BY dimension, unit_path, month`;

/**
 * Sums the counts of all months, of every unit or of some. A bucket counts in the version once, also when nothing closed is left in it: it
 * never shrinks. To group by two numbers takes a quarter of the time that three texts take.
 */
const sumUp = (where: string) => `
  INSERT INTO live.dossier_total_row
  SELECT value.1, value.2, sum(seen), groupArrayIf(value.3, closed > 0), groupArrayIf(name, closed > 0),
    ${COUNTS.map((name) => `groupArrayIf(${name}, closed > 0)`).join(', ')}
  FROM
  (
    SELECT any((dimension, unit_path, element)) AS value, max(title) AS name, sumIf(version, place < 2) AS seen,
      ${COUNTS.map((name) => `toUInt32(sum(part_${name})) AS ${name}`).join(', ')}
    FROM live.dossier_tally_row FINAL
    LEFT ARRAY JOIN arrayEnumerate(groups.key) AS place, groups.key AS element, groups.name AS title,
      ${COUNTS.map((name) => `groups.${name} AS part_${name}`).join(', ')}
    WHERE dimension != 'finished_on' ${where}
    GROUP BY cityHash64(dimension, unit_path, element), sipHash64(element)
  )
  GROUP BY value.1, value.2`;
const SUM_UNITS = sumUp('AND unit_path IN {paths:Array(String)}');
const SUM_ALL = sumUp('');

const NewestSchema = z.tuple([z.tuple([z.coerce.number()])]);
const MonthsSchema = z.array(z.tuple([z.string()]));

/** The dossiers of an installation. `client` is the writer's. */
export function clickhouseLiveDossiers(client: ClickHouseClient, clock: Clock): LiveDossiers {
  const run = async (query: string, query_params: Record<string, unknown>) => {
    await client.command({ query, query_params });
  };
  /** One thread: what is folded may wait a little, who sends and who looks may not. */
  const runQuietly = async (query: string, query_params: Record<string, unknown>) => {
    await client.command({ query, query_params, clickhouse_settings: { max_threads: 1 } });
  };
  const rows = async (query: string, query_params: Record<string, unknown> = {}) =>
    (await client.query({ query, query_params, format: 'JSONCompactEachRow' })).json();
  return {
    refold: async (places) => {
      for (const part of inParts(places))
        await runQuietly(REFOLD, {
          places: part.map((place) => new TupleParam([place.unit_path, place.dossier_id])),
          days: [...new Set(part.map((place) => place.opened_on))],
          now: Math.trunc(clock()),
        });
    },
    count: async (buckets) => {
      const paths = [...new Set(buckets.map(({ unit_path }) => unit_path))];
      await runQuietly(COUNT_BUCKETS, {
        buckets: buckets.map(({ unit_path, month }) => new TupleParam([unit_path, month])),
        paths,
        months: [...new Set(buckets.map(({ month }) => month))],
      });
      await runQuietly(SUM_UNITS, { paths });
    },
    refoldReceived: async (span_ms) => {
      const newest = await rows('SELECT toUnixTimestamp64Milli(max(received_at)) FROM log.dossier_event');
      const since = Math.max(0, Math.trunc(Math.min(NewestSchema.parse(newest)[0][0], clock()) - span_ms));
      for (const [month] of MonthsSchema.parse(await rows(MONTHS, { since }))) {
        await run(REFOLD_MONTH, { month, since, now: Math.trunc(clock()) });
        await run(COUNT_MONTH, { month });
      }
      await run(SUM_ALL, {});
    },
  };
}

/** Parts of a list that are short enough to travel, however long the numbers are that a source gave its dossiers. */
function inParts(places: readonly DossierPlace[]): DossierPlace[][] {
  const parts: DossierPlace[][] = [];
  let room = 0;
  for (const place of places) {
    // quotes, brackets and a comma come with each
    const length = encodeURIComponent(`('${place.unit_path}','${place.dossier_id}'),`).length + 16;
    if (length > room) {
      parts.push([]);
      room = LONGEST;
    }
    parts.at(-1)?.push(place);
    room -= length;
  }
  return parts;
}
