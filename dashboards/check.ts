/**
 * Says what is wrong with the definition files, in words that an editor can act on: `file:line:column path message`.
 *
 * Usage: `npm run check` checks all, `npm run check -- dashboards/boards/toan-canh.yaml` reports one file (and those beside it that
 * it breaks). Queries are described by a real engine: that of CLICKHOUSE_URL, else an embedded one in a temporary folder.
 * Ends with 1 when anything is wrong.
 */
import { join, relative, resolve } from 'node:path';
import { checkEverything } from './load/check-everything.ts';
import { readCheckConfig } from './config.ts';

const { folder, access } = readCheckConfig();
const wanted = process.argv[2] === undefined ? undefined : relative(folder, resolve(process.argv[2]));
const started = performance.now();
const { faults, counts } = await checkEverything({ folder, access });
const shown = wanted === undefined ? faults : faults.filter(({ file }) => isOf(file, wanted));
// standard output is what the command is for: an editor reads `file:line:column` there
for (const { file, line, column, path, message } of shown)
  process.stdout.write(
    `${relative('.', join(folder, file))}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}\n`,
  );
const elsewhere = faults.length - shown.length;
process.stdout.write(
  `${[
    `${counts.boards} boards, ${counts.queries} queries, ${counts.metrics} metrics`,
    `${counts.reconciliations} reconciliations, ${counts.provinces} provinces`,
    shown.length === 0 ? 'nothing wrong' : `${shown.length} faults`,
    ...(elsewhere > 0 ? [`${elsewhere} in other files`] : []),
    `${Math.round(performance.now() - started)} ms`,
  ].join(', ')}\n`,
);
process.exitCode = shown.length === 0 ? 0 : 1;

/** A query's YAML and its SQL are one thing in two files. */
function isOf(file: string, wanted: string): boolean {
  const bare = (name: string) => name.replace(/\.(yaml|sql)$/, '');
  return bare(file) === bare(wanted);
}
