import type { ClickHouseClient } from '@clickhouse/client';
import { PUBLIC_AGGREGATES } from '#api/public-aggregates.ts';
import { createStore, type Answer, type Store } from '#api/store.ts';
import { IocError } from '#api/errors.ts';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { fillVariables, waysToLook } from '#dashboards/fill-variables.ts';
import type { CheckConfig } from '#dashboards/config.ts';
import { loadDashboards } from '#dashboards/load.ts';
import type { Board, QueryUse } from '#dashboards/schema/board.ts';
import { startTemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { insertSample } from './sample.ts';
import { readViewer } from './viewer.ts';

/** What a query of a panel gives somebody. */
export interface Shown {
  board: string;
  panel: string;
  query: string;
  /** What they see, and what the whole province would: the value of a figure, else how many rows; a code where it is refused. */
  own: string;
  province: string;
  /** Units outside of their subtree that the rows name; a link names the unit that it comes from. */
  names: string[];
}

/**
 * Prints what an account sees of each board, query by query, under the very lens that the API asks with. False when a query is
 * refused. Throws an Error for somebody who cannot be, and for a province that cannot be loaded.
 */
export async function showAs(
  { folder, province, access }: CheckConfig,
  as: string,
  print: (line: string) => void,
): Promise<boolean> {
  const { dashboards } = await loadDashboards({ folder, province });
  if (!dashboards) throw new Error(`the province ${province} cannot be loaded; see npm run check`);
  const { units } = dashboards.province;
  const { unit, says } = readViewer(as, units);
  const shown = await withRows(access, units.units, (client) =>
    askAll(createStore({ client, clock: Date.now }), dashboards, unit),
  );
  print(`${as} sees ${unit.code} ${unit.name} and what is below it, of ${units.units.length} units`);
  for (const line of says) print(`  ${line}`);
  print(access ? 'rows: those of CLICKHOUSE_URL' : 'rows: a sample with rows of every unit');
  print(table(shown));
  print('beyond that subtree, whoever asks:');
  for (const [id, what] of Object.entries(PUBLIC_AGGREGATES)) print(`  ${id}: ${what}`);
  return shown.every(({ own }) => !own.startsWith('IOC_'));
}

/** Asks every query of every panel twice: as the unit, and as the province. */
export async function askAll(store: Pick<Store, 'run'>, dashboards: Dashboards, unit: PlacedUnit): Promise<Shown[]> {
  const { units } = dashboards.province;
  const foreign = new Set(units.units.filter(({ path }) => !path.startsWith(unit.path)).map(({ code }) => code));
  const uses = [...dashboards.boards].flatMap(([board, written]) =>
    Object.entries(written.panels).flatMap(([panel, { kind, queries }]) =>
      Object.keys(queries).flatMap((name) =>
        usesIn(written, panel, name).map((use) => ({
          board,
          panel,
          use,
          isFigure: kind === 'figure' && name === 'main',
        })),
      ),
    ),
  );
  const shown: Shown[] = [];
  for (const { board, panel, use, isFigure } of uses) {
    const query = dashboards.queries.get(use.query);
    if (!query) continue;
    const ask = (scope: string) =>
      store.run(query, use.params, { scope, at: null, known_at: null }).catch((error: unknown): IocError => {
        if (error instanceof IocError) return error;
        throw error;
      });
    const own = await ask(unit.path);
    const province = await ask(units.root.path);
    const texts = own instanceof IocError ? [] : own.rows.flat().filter((cell) => typeof cell === 'string');
    shown.push({
      ...{ board, panel, query: use.query },
      own: written(own, isFigure),
      province: written(province, isFigure),
      names: [...new Set(texts.filter((text) => foreign.has(text)))],
    });
  }
  return shown;
}

/** A query of a panel by each choice of the board's variables that it takes. */
function usesIn(board: Board, panel: string, name: string): QueryUse[] {
  const uses = waysToLook(board).flatMap((said) => {
    const queries: Readonly<Record<string, QueryUse | undefined>> =
      fillVariables(board, said).panels[panel]?.queries ?? {};
    return queries[name] ?? [];
  });
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];
}

function written(answer: Answer | IocError, isFigure: boolean): string {
  if (answer instanceof IocError) return answer.code;
  if (!isFigure) return answer.rows.length === 0 ? 'empty' : `${answer.rows.length} rows`;
  const value = answer.rows[0]?.[answer.columns.indexOf('value')] ?? null;
  return value === null ? 'empty' : String(value);
}

function table(shown: readonly Shown[]): string {
  const head = ['board', 'panel', 'query', 'sees', 'province', 'names outside'];
  const lines = shown.map(({ board, panel, query, own, province, names }) => [
    ...[board, panel, query, own, province],
    names.join(' '),
  ]);
  const widths = head.map((_, index) => Math.max(...[head, ...lines].map((line) => line[index]?.length ?? 0)));
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function withRows<T>(
  access: CheckConfig['access'],
  units: readonly PlacedUnit[],
  use: (client: ClickHouseClient) => Promise<T>,
): Promise<T> {
  if (access) {
    const client = connect(access);
    try {
      return await use(client);
    } finally {
      await client.close();
    }
  }
  const engine = await startTemporaryEngine();
  try {
    await insertSample(engine.writer, units, Date.now());
    await engine.fold();
    return await use(engine.reader);
  } finally {
    await engine.close();
  }
}
