import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, type Store } from '#api/store.ts';
import type { Cell } from '#api/contract.ts';
import { loadDashboards } from '#dashboards/load.ts';
import type { TemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { startSampleStore } from './check/sample-store.ts';
import { askedOf, metricsOf, type Asked } from './check/slow-queries.ts';

/** The province, a district and a commune: what is asked of each. */
const SCOPES = ['/H49/', '/H49/H49.01/', '/H49/H49.01/H49.01.03/'];
/** Sums of floating point numbers differ in their last digits by the order in which they are added. */
const DIGITS = 9;

const { dashboards } = await loadDashboards({
  folder: join(import.meta.dirname, '..', 'dashboards'),
  province: 'quang-ninh-2019',
});
const asked = dashboards ? askedOf(dashboards).filter(({ by }) => by.startsWith('boards/')) : [];

let engine: TemporaryEngine;
let store: Store;
let now: number;
const filled = new Set<string>();
beforeAll(async () => {
  if (!dashboards) throw new Error('the shipped province is served');
  engine = await startSampleStore(dashboards.province.units.units, metricsOf(asked));
  now = Date.now();
  store = createStore({ client: engine.reader, clock: () => now, timeout_ms: 60_000 });
}, 240_000);
afterAll(() => engine.close());

/** Rows whose order their query leaves open are compared in one. */
async function rowsOf({ query, params }: Asked, scope: string, at: number | null): Promise<string[]> {
  const { rows } = await store.run(query, params, { scope, at, known_at: null });
  const rounded = (cell: Cell) => (typeof cell === 'number' ? Number(cell.toPrecision(DIGITS)) : cell);
  return rows.map((row) => JSON.stringify(row.map(rounded))).sort();
}

describe('what a panel of any board shows is what the log says, whatever is chosen and wherever one looks', () => {
  it.each(asked.map((one) => ({ ...one, name: one.query.id, said: JSON.stringify(one.params) })))(
    '$by: $name $said',
    { timeout: 120_000 },
    async (one) => {
      for (const scope of SCOPES) {
        const live = await rowsOf(one, scope, null);
        expect(live, scope).toEqual(await rowsOf(one, scope, now));
        if (live.length > 0) filled.add(one.query.id);
      }
    },
  );

  it('and most have something to show', () => {
    expect(filled.size).toBeGreaterThan((new Set(asked.map(({ query }) => query.id)).size * 2) / 3);
  });
});
