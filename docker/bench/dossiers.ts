import type { ClickHouseClient } from '@clickhouse/client';
import { connect } from '#ingest/clickhouse/client.ts';
import { clickhouseLiveDossiers } from '#ingest/clickhouse/fold/live-dossiers.ts';
import { createClock } from '#ingest/schema/clock.ts';
import { RULE_IDS, type RuleId } from '#ingest/dossier/rules.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { keysParams } from '#api/routes/dossiers/page.ts';
import { listedQuery, listQuery, marksQuery } from '#api/routes/dossiers/queries.ts';
import { readKeys } from '#api/routes/dossiers/rows.ts';
import { keptSummaryQuery, runKeptSummary, type KeptSummary } from '#api/routes/dossiers/summary-query.ts';
import { createStore, type Answer, type Question, type Store } from '#api/store.ts';
import { ROOT } from '../supervisor/config.ts';
import type { Bench } from './bench.ts';
import { fillProvince, mergeDossiers } from './fill.ts';
import { startBenchEngine } from './stack.ts';
import { quantile, rounded } from './stats.ts';

const PROVINCE = 'quang-ninh-2019';
const MANY = 20_000_000;
const WARM = 3;
const RUNS = 30;
const GROUPINGS = ['total', 'unit', 'procedure', 'field', 'channel', 'handler'] as const;
const PAGE = { outcomes: 'open_overdue', page: 100 };

/** Summary of the province and a page of overdue dossiers, under both rules: at the size of the province, and at 20 million. */
export async function benchDossiers(bench: Bench): Promise<object> {
  const { options, say, cleanup } = bench;
  const stack = await startBenchEngine(bench);
  const { dashboards } = await loadDashboards({ folder: `${ROOT}/dashboards`, province: PROVINCE });
  if (!dashboards) throw new Error(`the province ${PROVINCE} cannot be loaded; see npm run check`);
  const { units } = dashboards.province;
  const owner = connect(stack.engine.accesses.owner, { timeout_ms: 600_000 });
  cleanup.add(() => owner.close());
  const client = connect(stack.engine.accesses.reader);
  cleanup.add(() => client.close());
  const store = createStore({ client, clock: createClock() });
  // the very questions of `GET /api/dossiers/summary` and `GET /api/dossiers?state=open_overdue`
  const questions = {
    summaries: GROUPINGS.flatMap((by) => {
      const asked = keptSummaryQuery(by);
      return asked ? [{ by, asked }] : [];
    }),
    list: listQuery('due', false).open,
    listed: listedQuery().open,
    marks: marksQuery(),
  };

  const { dossiers } = await fillProvince({ owner, units: units.units, dossiers: options.dossiers, say });
  const at_size = await measure(store, questions, units.root.path, say);
  const many = await multiply(owner, dossiers, say);
  const at_20m = await measure(store, questions, units.root.path, say);
  return {
    ...at_size,
    at_20m: { ...at_20m, dossiers: many, filled_by: 'rows of live.dossier_row copied under other numbers' },
    dossiers,
    filled_by: 'INSERT … SELECT into the log, folded as ingest does',
    runs: RUNS,
  };
}

async function measure(
  store: Store,
  {
    summaries: known,
    list,
    listed,
    marks,
  }: { summaries: readonly { by: string; asked: KeptSummary }[]; list: Question; listed: Question; marks: Question },
  scope: string,
  say: (text: string) => void,
) {
  const lens = { scope, at: null, known_at: null };
  const time = async (name: string, ask: () => Promise<Answer>): Promise<number> => {
    const times: number[] = [];
    let rows = 0;
    for (let run = -WARM; run < RUNS; run += 1) {
      const began = performance.now();
      const answer = await ask();
      rows = answer.rows.length;
      if (run >= 0) times.push(performance.now() - began);
    }
    const p95 = rounded(quantile(times, 0.95));
    say(`${name.padEnd(32)} p50 ${rounded(quantile(times, 0.5))} ms, p95 ${p95} ms, ${rows} rows`);
    return p95;
  };
  const page = async (rule: RuleId): Promise<Answer> => {
    const { keys } = readKeys(await store.run(list, { rule, ...PAGE }, lens));
    const named = keysParams(keys);
    const [rows] = await Promise.all([
      store.run(listed, { rule, ...named }, lens),
      store.run(marks, { keys: named.keys }, lens),
    ]);
    return rows;
  };
  const summaries: Record<string, number> = {};
  const pages: Record<string, number> = {};
  for (const rule of RULE_IDS) {
    for (const { by, asked } of known)
      summaries[`${rule} ${by}`] = await time(`summary ${by} ${rule}`, () =>
        runKeptSummary(store, asked, { rule }, lens),
      );
    pages[rule] = await time(`${list.id} ${rule}`, () => page(rule));
  }
  return {
    summary_p95_ms: Math.max(...Object.values(summaries)),
    page_p95_ms: Math.max(...Object.values(pages)),
    summaries,
    pages,
  };
}

/** Copies the rows until there are twenty million, each copy under other numbers, and counts them as ingest does. */
async function multiply(owner: ClickHouseClient, dossiers: number, say: (text: string) => void): Promise<number> {
  const copies = Math.ceil(MANY / dossiers);
  for (let copy = 1; copy < copies; copy += 1) {
    const part = copy === copies - 1 ? MANY / dossiers - copies + 1 : 1;
    await owner.command({
      query: `INSERT INTO live.dossier_row SELECT * REPLACE (concat(d.dossier_id, '-', {copy:String}) AS dossier_id), now64(3) FROM live.dossier AS d
        WHERE NOT match(d.dossier_id, '-[0-9]+-[0-9]+-[0-9]+$') AND cityHash64(d.dossier_id) % 10000 < {part:UInt32} SETTINGS max_execution_time = 0`,
      query_params: { copy: String(copy), part: Math.round(part * 10_000) },
    });
    say(`${copy + 1} of ${copies} copies`);
  }
  const live = clickhouseLiveDossiers(owner, Date.now);
  const reply = await owner.query({
    query:
      'SELECT DISTINCT unit_path, toString(toStartOfMonth(opened_on)) AS month FROM live.dossier_row ORDER BY month',
    format: 'JSONEachRow',
  });
  const buckets = await reply.json<{ unit_path: string; month: string }>();
  for (const month of new Set(buckets.map((bucket) => bucket.month)))
    await live.count(buckets.filter((bucket) => bucket.month === month));
  await mergeDossiers(owner);
  const counted = await owner.query({ query: 'SELECT count() AS rows FROM live.dossier', format: 'JSONEachRow' });
  const [{ rows } = { rows: 0 }] = await counted.json<{ rows: string | number }>();
  if (Number(rows) < MANY * 0.99) throw new Error(`${MANY} dossiers were to be there, ${rows} are`);
  say(`${Number(rows).toLocaleString('en-US')} dossiers`);
  return Number(rows);
}
