import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { startTemporaryEngine, type TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { createInsertFrom } from '../bench/insert-from.ts';

/**
 * The sample store, on which queries are timed: two years of dossiers with all their events, a day of links by the minute, a week of sensor records, a month of each
 * metric that is asked for, and two years of what is stated by the month. About half a million rows, twenty times fewer than a large province has: what
 * is slow here is too slow there.
 */
const DOSSIERS = 6_000;
const LINKS = 60;
const SECURITY_RECORDS = 60_000;
/** A month, by the day. */
const READINGS = { step_min: 1440, steps: 30 };
/** Communes have no readings of their own in the sample: of the units above them there is one each. */
const ABOVE_COMMUNES = 3;

/** Starts an engine with the sample of a province; `metrics` are those that anything asks for. Close it. */
export async function startSampleStore(
  units: readonly PlacedUnit[],
  metrics: readonly string[],
): Promise<TemporaryEngine> {
  const engine = await startTemporaryEngine();
  try {
    const all = createInsertFrom(engine.writer, units);
    const above = createInsertFrom(
      engine.writer,
      units.filter(({ path }) => path.split('/').length <= ABOVE_COMMUNES + 1),
    );
    await all('dossiers.sql', { from: 0, to: DOSSIERS, total: DOSSIERS });
    await all('links.sql', { count: LINKS });
    await all('security.sql', { count: SECURITY_RECORDS });
    await above('readings.sql', { metrics, ...READINGS });
    await above('entries.sql', { metrics });
    await engine.fold();
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}
