import { connect } from '#ingest/clickhouse/client.ts';
import { createClock } from '#ingest/schema/clock.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { viewOf, type View } from '#api/boards/view.ts';
import type { Sight } from '#api/live/key.ts';
import { createStore, type Store } from '#api/store.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { fillProvince } from './fill.ts';
import { startBenchEngine } from './stack.ts';
import { quantile, rounded } from './stats.ts';

const BOARD = 'toan-canh';
const PROVINCE = 'quang-ninh-2019';
/** Each query runs this often before it is timed, and then timed. */
const WARM = 3;
const RUNS = 40;

/** Every query of the wall on `live`, as the API runs it, over a province with a full history. */
export async function benchQuery(bench: Bench): Promise<object> {
  const { options, say, cleanup } = bench;
  const stack = await startBenchEngine(bench);
  const { dashboards } = await loadDashboards({ folder: `${ROOT}/dashboards`, province: PROVINCE });
  if (!dashboards) throw new Error(`the province ${PROVINCE} cannot be loaded; see npm run check`);
  const { units } = dashboards.province;
  const view = viewOf(dashboards, BOARD, units.root);
  if (!view) throw new Error(`there is no board ${BOARD}`);

  const owner = connect(stack.engine.accesses.owner, { timeout_ms: 600_000 });
  cleanup.add(() => owner.close());
  const filled = await fillProvince({ owner, units: units.units, dossiers: options.dossiers, say });

  const client = connect(stack.engine.accesses.reader);
  cleanup.add(() => client.close());
  const store = createStore({ client, clock: createClock() });
  const panels: { id: string; p50_ms: number; p95_ms: number; rows: number }[] = [];
  for (const { id, sight } of sightsOf(view)) {
    const { times, rows } = await time(store, sight);
    const timed = { id, p50_ms: rounded(quantile(times, 0.5)), p95_ms: rounded(quantile(times, 0.95)), rows };
    panels.push(timed);
    say(`${id.padEnd(24)} ${sight.query.id.padEnd(24)} p50 ${timed.p50_ms} ms, p95 ${timed.p95_ms} ms, ${rows} rows`);
  }
  const worst_p95_ms = Math.max(...panels.map(({ p95_ms }) => p95_ms));
  say(`worst p95: ${worst_p95_ms} ms over ${filled.dossiers.toLocaleString('en-US')} dossiers`);
  return { panels, worst_p95_ms, ...filled, filled_by: 'INSERT … SELECT', runs: RUNS };
}

/** Each query of each panel, `panel.role`. */
function sightsOf(view: View): { id: string; sight: Sight }[] {
  return Object.entries(view.board.keys).flatMap(([panel, keys]) =>
    Object.entries(keys).flatMap(([role, key]) => {
      const sight = view.sights.find((one) => one.key === key);
      return sight ? [{ id: `${panel}.${role}`, sight }] : [];
    }),
  );
}

async function time(store: Store, { query, params, lens }: Sight): Promise<{ times: number[]; rows: number }> {
  const times: number[] = [];
  let rows = 0;
  for (let run = -WARM; run < RUNS; run++) {
    const answer = await store.run(query, params, lens);
    rows = answer.rows.length;
    if (run >= 0) times.push(answer.query_ms);
  }
  return { times, rows };
}
