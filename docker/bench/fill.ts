import { setTimeout as sleep } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import { clickhouseLiveDossiers } from '#ingest/clickhouse/fold/live-dossiers.ts';
import { bucketOf, type DossierPlace } from '#ingest/clickhouse/fold/place.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { createInsertFrom } from './insert-from.ts';

/** What a province is filled with. */
export interface Filling {
  owner: ClickHouseClient;
  units: readonly PlacedUnit[];
  dossiers: number;
  say: (text: string) => void;
}

const CHUNK = 200_000;
const LINKS = 310;
const SECURITY_EVENTS = 200_000;
/** Dossiers of the last hours that come in many small inserts, as a running province makes them: parts that are not merged yet. */
const FRESH_BATCHES = 20;
const FRESH = 50;

const PLACES = `SELECT DISTINCT unit_path, dossier_id, toString(e.opened_on) AS opened_on FROM log.dossier_event AS e
  WHERE e.opened_on >= today() - 30
    AND toUInt64(splitByChar('-', dossier_id)[3]) >= {from:UInt64} AND toUInt64(splitByChar('-', dossier_id)[3]) < {to:UInt64}`;

/** Merges what is kept of dossiers as the engine does by itself within minutes; ended ones leave the table of the open ones. */
export async function mergeDossiers(owner: ClickHouseClient): Promise<void> {
  await owner.command({ query: 'OPTIMIZE TABLE live.dossier_row FINAL' });
  await owner.command({ query: 'OPTIMIZE TABLE live.dossier_open_row FINAL CLEANUP' });
  await owner.command({ query: 'OPTIMIZE TABLE live.dossier_lately_row FINAL' });
  await owner.command({ query: 'OPTIMIZE TABLE live.dossier_tally_row FINAL' });
  await owner.command({ query: 'OPTIMIZE TABLE live.dossier_total_row FINAL' });
}

/** Waits for the merges that the filling set off: what is timed afterwards is the query, not the filling. */
async function mergesEnd(owner: ClickHouseClient): Promise<void> {
  for (;;) {
    const reply = await owner.query({ query: 'SELECT count() FROM system.merges', format: 'JSONCompactEachRow' });
    const [row] = await reply.json<[number | string]>();
    if (Number(row?.[0]) === 0) return;
    await sleep(500);
  }
}

/**
 * Fills the logs through `INSERT … SELECT` (the views fill the states, and dossiers are folded as ingest does): two years of dossiers, a day of links and readings, a week of
 * security records. Old months are merged, as they would be by then; the newest dossiers lie in small parts.
 */
export async function fillProvince({ owner, units, dossiers, say }: Filling) {
  const began = performance.now();
  const insert = createInsertFrom(owner, units);
  const settled = Math.max(0, dossiers - FRESH_BATCHES * FRESH);
  for (let from = 0; from < settled; from += CHUNK) {
    const to = Math.min(settled, from + CHUNK);
    await insert('dossiers.sql', { from, to, total: dossiers });
    say(`${to.toLocaleString('en-US')} of ${dossiers.toLocaleString('en-US')} dossiers`);
  }
  await insert('links.sql', { count: LINKS });
  await insert('security.sql', { count: SECURITY_EVENTS });
  await insert('readings.sql', { metrics: ['queue.waiting'], step_min: 5, steps: 288 });
  say('merging the old months and folding');
  for (const table of ['log.dossier_event', 'log.link_event', 'log.security_event', 'log.reading_event'])
    await owner.command({ query: `OPTIMIZE TABLE ${table} FINAL` });
  const live = clickhouseLiveDossiers(owner, Date.now);
  await live.refoldReceived(Infinity);
  await mergeDossiers(owner);
  for (let from = settled; from < dossiers; from += FRESH) {
    const range = { from, to: Math.min(dossiers, from + FRESH) };
    await insert('dossiers.sql', { ...range, total: dossiers });
    const places = await owner.query({ query: PLACES, query_params: range, format: 'JSONEachRow' });
    const touched = await places.json<DossierPlace>();
    await live.refold(touched);
    await live.count(touched.map(bucketOf));
  }
  await mergesEnd(owner);
  const reply = await owner.query({
    query:
      'SELECT (SELECT count() FROM live.dossier) AS dossiers, (SELECT count() FROM log.dossier_event) AS dossier_events',
    format: 'JSONEachRow',
  });
  const [counted] = await reply.json<{ dossiers: number | string; dossier_events: number | string }>();
  const filled = { dossiers: Number(counted?.dossiers), dossier_events: Number(counted?.dossier_events) };
  if (filled.dossiers !== dossiers) throw new Error(`${dossiers} dossiers were to be there, ${filled.dossiers} are`);
  const took_s = Math.round((performance.now() - began) / 1000);
  say(
    `${filled.dossiers.toLocaleString('en-US')} dossiers with ${filled.dossier_events.toLocaleString('en-US')} events in ${took_s} s`,
  );
  return filled;
}
