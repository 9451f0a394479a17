/**
 * Says what is wrong with the definition files, in words that an editor can act on: `file:line:column path message`.
 *
 * Usage: `npm run check` checks all, `npm run check -- dashboards/boards/toan-canh.yaml` reports one file (and those beside it that
 * it breaks), and runs the written tests of the rules of alerts. Queries are described by a real engine: that of CLICKHOUSE_URL, else an embedded one in a temporary folder.
 * Where nothing is wrong, and without CLICKHOUSE_URL and without a file, every query is also timed on a sample store (`sample-store.ts`), as each panel and rule asks it: ten seconds.
 * `npm run check -- --as unit:H49.02` (or `--as role:leader`) shows instead what an account of that unit or role is given by each query of each board: of the
 * rows of CLICKHOUSE_URL, else of a sample that has rows of every unit. Ends with 1 when anything is wrong.
 * `npm run check -- --replay '2026-11-18 07:00' --until '2026-11-18 17:00' [--rules ring-down,link-down] [--step 5m]` evaluates the rules of alerts over a period of the
 * installation's history (DATA_DIR, or CLICKHOUSE_URL) and prints which alerts fired when.
 * `npm run check -- --coverage` prints a table of the systems of `systems/`: what of each is there, from its source to a panel. Ends with 1 when anything is missing, also a
 * file of one of the systems that the articles name.
 */
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { readCheckConfig } from '#dashboards/config.ts';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { checkEverything } from '#dashboards/load/check-everything.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { runTool } from '../cleanup.ts';
import { reachDatabase } from '../reach.ts';
import { readConfig } from '../supervisor/config.ts';
import { loadProvince } from '#ingest/simulate/province.ts';
import { cover, coverageTable, isComplete, readSystems } from './coverage.ts';
import { printReplay } from './replay.ts';
import { testRules } from './test-rules.ts';
import { startSampleStore } from './sample-store.ts';
import { askedOf, findSlow, metricsOf } from './slow-queries.ts';
import { showAs } from './show-as.ts';
import { toldBy } from './told.ts';

/** Endings of the files that are read. */
const DEFINITION = /\.(?:yaml|sql|geojson|png|svg|webp|jpg)$/;

const { values, positionals } = parseArgs({
  options: {
    as: { type: 'string' },
    coverage: { type: 'boolean' },
    replay: { type: 'string' },
    until: { type: 'string' },
    rules: { type: 'string' },
    step: { type: 'string' },
  },
  allowPositionals: true,
});
/** Any life of the province will do: each tells the same kinds of things. */
const SEED = 1;
const print = (line: string): void => void process.stdout.write(`${line}\n`);
if (values.coverage) await showCoverage();
else if (values.replay !== undefined) await replay(values.replay);
else if (values.as === undefined) await checkFiles(positionals[0]);
else
  try {
    process.exitCode = (await showAs(readCheckConfig(), values.as, print)) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }

async function showCoverage(): Promise<void> {
  const { folder, province: name, access } = readCheckConfig();
  const { faults } = await checkEverything({ folder, access });
  const province = await loadProvince({ dashboards: folder, province: name, seed: SEED });
  const covered = cover(await readSystems(folder), faults, toldBy(province, Date.now()));
  for (const line of coverageTable(covered)) print(line);
  process.exitCode = isComplete(covered) ? 0 : 1;
}

async function replay(from: string): Promise<void> {
  await runTool(async (cleanup) => {
    const { reader } = await reachDatabase(readConfig(process.env), cleanup);
    const { until: to = '', rules, step } = values;
    await printReplay({ ...readCheckConfig(), reader }, { from, to, rules, step }, print);
  });
}

async function checkFiles(file: string | undefined): Promise<void> {
  const { folder, access } = readCheckConfig();
  const wanted = file === undefined ? undefined : fileIn(folder, file);
  const started = performance.now();
  tell('reading the files, and asking an engine about every query');
  const { faults: found, counts, rules, dashboards } = await checkEverything({ folder, access });
  const wrong = [...found, ...testRules(rules)];
  const isTimed = wrong.length === 0 && wanted === undefined && access === undefined && dashboards !== undefined;
  const faults = isTimed ? await timeQueries(dashboards) : wrong;
  const shown = wanted === undefined ? faults : faults.filter((fault) => isOf(fault.file, wanted));
  // standard output is what the command is for: an editor reads `file:line:column` there
  for (const { file: name, line, column, path, message } of shown)
    process.stdout.write(
      `${relative('.', join(folder, name))}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}\n`,
    );
  const elsewhere = faults.length - shown.length;
  process.stdout.write(
    `${[
      `${counts.boards} boards, ${counts.queries} queries, ${counts.metrics} metrics, ${counts.alerts} alert rules`,
      `${counts.reconciliations} reconciliations, ${counts.systems} systems, ${counts.provinces} provinces`,
      `${faultsOf(shown.length)}${wanted === undefined ? '' : ` in ${wanted}`}`,
      ...(elsewhere > 0 ? [`${faultsOf(elsewhere)} in other files`] : []),
      `${Math.round(performance.now() - started)} ms`,
    ].join(', ')}\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** The name of a definition file or a folder of them, told from where one stands or from the folder: `dashboards/boards/x.yaml`, `boards/x.yaml`. Ends the command when there is none. */
function fileIn(folder: string, file: string): string {
  const found = [resolve(file), resolve(folder, file)].find(
    (path) => path.startsWith(folder + sep) && existsSync(path),
  );
  if (found !== undefined && (statSync(found).isDirectory() || DEFINITION.test(found))) return relative(folder, found);
  const wrong = found === undefined ? `There is no ${file} in ${folder}` : `${file} is no definition file`;
  process.stderr.write(`${wrong}: files are named as boards/toan-canh.yaml\n`);
  process.exit(2);
}

function faultsOf(count: number): string {
  if (count === 0) return 'nothing wrong';
  return count === 1 ? '1 fault' : `${count} faults`;
}

/** What goes on, for people: standard output is for editors. */
function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Times every query on a sample store of the province. A server of CLICKHOUSE_URL is not filled with samples, and one file is checked while it is edited: there nothing is timed. */
async function timeQueries(dashboards: Dashboards): Promise<FileFault[]> {
  const { units } = dashboards.province;
  const asked = askedOf(dashboards);
  tell(`timing ${asked.length} queries on a sample of the province`);
  const engine = await startSampleStore(units.units, metricsOf(asked));
  try {
    return await findSlow(engine.reader, asked, units.root.path);
  } finally {
    await engine.close();
  }
}

/** A query's YAML and its SQL are one thing in two files; a folder is all that is in it. */
function isOf(file: string, wanted: string): boolean {
  if (file.startsWith(wanted + sep)) return true;
  const bare = (name: string) => name.replace(/\.(yaml|sql)$/, '');
  return bare(file) === bare(wanted);
}
