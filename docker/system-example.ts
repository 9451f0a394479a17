import { z } from 'zod';
import { createStore, type Answer, type Store } from '#api/store.ts';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { fillVariables } from '#dashboards/fill-variables.ts';
import { panelOf, queryOf } from '#dashboards/load/system-rules.ts';
import type { System } from '#dashboards/schema/system.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { createWorkingTime } from '#ingest/dossier/working-time.ts';
import { startTestIngest, type TestIngest } from '#ingest/test-ingest.ts';

/** A product without people: an ingest, a store, and what panels ask, all at one instant. */
export interface ExampleBench {
  /** Sends the events of a system, and gives what its panels show of them: what is expected, in live, in history. */
  run: (system: System) => Promise<ShownCell[]>;
  close: () => Promise<void>;
}

/** A cell as it is expected, and as each lens gives it. */
export interface ShownCell {
  cell: string;
  is: number | string | null;
  live: unknown;
  history: unknown;
}

const TableSchema = z.array(z.object({ name: z.string() }));
const ReplySchema = z.looseObject({ accepted: z.number() });

/** Starts the bench of a province. Its clock stands in the morning of the last working day: counts of a day have one, and nothing is of tomorrow. */
export async function startExampleBench(dashboards: Dashboards): Promise<ExampleBench> {
  const at = lastMorning(dashboards);
  const ingest = await startTestIngest({ units: dashboards.province.units, clock: () => at });
  const client = connect(ingest.store.accesses.reader, { quiet: true });
  const store = createStore({ client, clock: () => at });
  return {
    async run(system) {
      await empty(ingest);
      await send(ingest, system, at);
      // live follows what was acknowledged
      await ingest.rows('SELECT 1');
      const cells: ShownCell[] = [];
      for (const shown of system.example.shows) cells.push(await look(store, dashboards, shown, at));
      return cells;
    },
    async close() {
      await client.close();
      await ingest.close();
    },
  };
}

function lastMorning({ province }: Dashboards): number {
  const working = createWorkingTime(province.calendar);
  for (let day = working.dayOf(Date.now()) - 1; ; day -= 1) {
    const [span] = working.spansOf(day);
    if (span) return span.from + 3 * 3_600_000;
  }
}

/** One example may not be seen in the figures of the next. */
async function empty({ store: { owner } }: TestIngest): Promise<void> {
  const reply = await owner.query({
    query: `SELECT concat(database, '.', name) AS name FROM system.tables WHERE database IN ('log', 'live') AND engine LIKE '%MergeTree'`,
    format: 'JSONEachRow',
  });
  for (const { name } of TableSchema.parse(await reply.json()))
    await owner.command({ query: `TRUNCATE TABLE ${name}` });
}

async function send(ingest: TestIngest, { number, feed, example }: System, at: number): Promise<void> {
  const ago = (minutes: number) => new Date(at - minutes * 60_000).toISOString();
  const events = example.send.map(({ type, unit, subject, minutes_ago, due_minutes, data }, n) => ({
    ...{ specversion: '1.0', id: `system-${number}-${n}`, source: feed.source, type, unit },
    data: due_minutes === undefined ? data : { ...data, due_at: ago(minutes_ago - due_minutes) },
    // readings of one measure at one place are a series
    subject: subject ?? [data.metric ?? type, unit, data.place ?? '', data.period ?? ''].map(String).join(' ').trim(),
    time: ago(minutes_ago),
  }));
  const { status, body } = await ingest.post('/v1/events', JSON.stringify(events), {
    'content-type': 'application/cloudevents-batch+json',
  });
  const { accepted } = status === 200 || status === 202 ? ReplySchema.parse(body) : { accepted: 0 };
  if (accepted !== events.length)
    throw new Error(
      `system ${number}: ${accepted} of ${events.length} events accepted, ${status}: ${JSON.stringify(body)}`,
    );
}

type Shows = System['example']['shows'][number];

async function look(
  store: Store,
  { boards, queries, province }: Dashboards,
  shown: Shows,
  at: number,
): Promise<ShownCell> {
  const { panel: name, role, scope: code, row, column, is } = shown;
  const panel = panelOf(new Map([...boards].map(([id, board]) => [id, fillVariables(board)])), name);
  const use = panel && queryOf(panel, role);
  const query = use && queries.get(use.query);
  const unit = code === undefined ? province.units.root : province.units.resolve(code);
  if (!query || !unit) throw new Error(`${name} ${role} ${code ?? ''}: there is no such query or unit`);
  const scope = unit.path;
  const live = await store.run(query, use.params, { scope, at: null, known_at: null });
  const history = await store.run(query, use.params, { scope, at, known_at: null });
  const cell = [name, role, code ?? '', JSON.stringify(row), column]
    .filter((part) => part !== '' && part !== '{}')
    .join(' ');
  return { cell, is, live: cellOf(live, row, column), history: cellOf(history, row, column) };
}

/** The cell of the first row that has these cells; where there is none, the rows that there are. */
function cellOf({ columns, rows }: Answer, row: Shows['row'], column: string): unknown {
  const wanted = Object.entries(row);
  const found = rows.find((cells) => wanted.every(([name, value]) => cells[columns.indexOf(name)] === value));
  return found ? found[columns.indexOf(column)] : { columns, rows: rows.slice(0, 5) };
}
