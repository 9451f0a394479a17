/**
 * Makes a board of a dashboard of Grafana whose panels ask ClickHouse: `npm run import:grafana -- dashboard.json [--id my-board] [--out FOLDER] [--force]`.
 *
 * Writes a board, a query and a metric a panel into the dashboards folder (or --out), and `<id>-import.md`, which says what was taken, what was changed, and what was left out
 * and why. What is written is checked as `npm run check` does, on an engine of its own; all is written, or nothing. A file that is there is never overwritten without --force.
 */
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCheckConfig } from '#dashboards/config.ts';
import { createDescriber } from '#dashboards/load/describe.ts';
import { readFolder } from '#dashboards/load/read-folder.ts';
import { startTemporaryEngine } from '#dashboards/load/temporary-engine.ts';
import { readDashboard } from './dashboard.ts';
import { importDashboard } from './import-dashboard.ts';

const { values, positionals } = parseArgs({
  options: { id: { type: 'string' }, out: { type: 'string' }, force: { type: 'boolean' } },
  allowPositionals: true,
});

try {
  process.stdout.write(`${await run(positionals[0])}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function run(file: string | undefined): Promise<string> {
  if (file === undefined) throw new Error('no file; allowed: npm run import:grafana -- dashboard.json');
  const dashboard = readDashboard(await readFile(resolve(file), 'utf8'));
  const id = values.id ?? idOf(dashboard.title);
  if (!/^[a-z][a-z0-9-]*$/.test(id))
    throw new Error(`--id "${id}" is no name; allowed: small letters, digits and hyphens`);
  const { folder, province } = readCheckConfig();
  const out = resolve(values.out ?? folder);
  const { files } = await readFolder(folder);
  const engine = await startTemporaryEngine();
  try {
    const describe = createDescriber(engine.reader);
    const imported = await importDashboard(dashboard, { id, files, province, describe });
    if (imported.taken === 0) throw new Error(`no panel can be taken:\n${imported.report}`);
    await writeAll(out, new Map([...imported.files, [`${id}-import.md`, imported.report]]), values.force ?? false);
    return `${imported.taken} of ${imported.all} panels taken: ${join(out, `boards/${id}.yaml`)}, see ${join(out, `${id}-import.md`)}`;
  } finally {
    await engine.close();
  }
}

function idOf(title: string): string {
  const bare = title.replace(/[Đđ]/g, 'd').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.replace(/[^a-z0-9]+/g, '-').replace(/^[-0-9]+|-+$/g, '');
}

/** Writes every file beside its place, then moves them there: a fault on the way leaves none. */
async function writeAll(out: string, files: ReadonlyMap<string, string>, isForced: boolean): Promise<void> {
  for (const name of files.keys()) {
    const isThere = await access(join(out, name)).then(
      () => true,
      () => false,
    );
    if (isThere && !isForced) throw new Error(`${join(out, name)} is there already; allowed: --force, or another --id`);
  }
  for (const [name, text] of files) {
    await mkdir(dirname(join(out, name)), { recursive: true });
    await writeFile(join(out, `${name}~`), text);
  }
  // the board last: until then nothing names the others
  for (const name of [...files.keys()].sort(
    (one, other) => Number(one.startsWith('boards/')) - Number(other.startsWith('boards/')),
  ))
    await rename(join(out, `${name}~`), join(out, name));
}
