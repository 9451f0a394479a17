import { stringify } from 'yaml';
import { loadFiles } from '#dashboards/load/load-files.ts';
import type { Files } from '#dashboards/load/read-folder.ts';
import { readSql } from '#dashboards/load/sql-rules.ts';
import type { Describe } from '#dashboards/schema/describe.ts';
import { RELATIONS } from '#ingest/clickhouse/relations.ts';
import { FAMILY_NAMES } from '#ingest/schema/event.ts';
import type { GrafanaDashboard } from './dashboard.ts';
import { panelQuery, refuseType } from './panel-query.ts';
import { rewriteSql, stretchOf } from './rewrite-sql.ts';

/** What was made of a dashboard: files by their path in `dashboards/`, and a report for whoever reads them. */
export interface Imported {
  files: Map<string, string>;
  report: string;
  /** How many panels were taken, and how many there were. */
  taken: number;
  all: number;
}

/** What a dashboard is imported into. */
export interface ImportOptions {
  /** The id of the board; its queries and metrics begin with it. */
  id: string;
  /** The files that are there: what is imported has to fit in with them. */
  files: Files;
  province: string;
  describe: Describe;
}

/** The limit of freshness, which Grafana does not know. */
const STALE_AFTER_S = 3600;
const MOST_ROWS = 96;
type Panel = GrafanaDashboard['panels'][number];
interface Taken {
  id: string;
  panel: Panel;
  files: [string, string][];
  board: object;
  changes: string[];
}

/** Turns a dashboard into a board with its queries and metrics. A panel is taken whole, when nothing is wrong with it here, or left out with the reason. */
export async function importDashboard(dashboard: GrafanaDashboard, options: ImportOptions): Promise<Imported> {
  let taken: Taken[] = [];
  const left: { panel: Panel; reason: string }[] = [];
  for (const [index, panel] of dashboard.panels.entries()) {
    const one = await takePanel(panel, index, dashboard, options);
    if ('refused' in one) left.push({ panel, reason: one.refused });
    else taken.push(one);
  }
  // the files are checked as they would be served; a panel with a fault of its own goes
  for (;;) {
    const files = filesOf(dashboard, taken, options.id);
    const { faults } = await loadFiles(new Map([...options.files, ...files]), options);
    const own = faults.filter(({ file }) => files.has(file));
    const wrong = taken.filter(({ id }) => own.some(({ file, path }) => isOf(id, file, path)));
    if (wrong.length === 0 || taken.length === 0)
      return {
        files: taken.length === 0 ? new Map() : files,
        report: reportOf(dashboard, taken, left),
        taken: taken.length,
        all: dashboard.panels.length,
      };
    for (const { id, panel } of wrong)
      left.push({ panel, reason: own.find(({ file, path }) => isOf(id, file, path))?.message ?? '' });
    taken = taken.filter((one) => !wrong.includes(one));
  }
}

function isOf(id: string, file: string, path: string): boolean {
  return file.replace(/\.\w+$/, '').endsWith(`/${id}`) || path.startsWith(`panels.${id}.`) || path === `panels.${id}`;
}

async function takePanel(
  panel: Panel,
  index: number,
  dashboard: GrafanaDashboard,
  { id: board, describe }: ImportOptions,
): Promise<Taken | { refused: string }> {
  if (panel.type === 'text') return takeText(panel, `${board}-${index + 1}`);
  const refused = refuseType(panel.type);
  if (refused !== undefined) return { refused };
  const shown = panel.targets.filter(({ hide }) => hide !== true);
  const target = shown[0];
  const source = target?.datasource ?? panel.datasource;
  const type = typeof source === 'object' ? source?.type : undefined;
  if (type !== undefined && type !== 'grafana-clickhouse-datasource')
    return { refused: `its data source is "${type}", not ClickHouse` };
  if (target?.rawSql === undefined || target.rawSql.trim() === '') return { refused: 'it has no SQL' };
  const rewritten = rewriteSql(target.rawSql, stretchOf(dashboard.time), dashboard.variables);
  if ('refused' in rewritten) return rewritten;
  const [live] = await describe(rewritten.sql, {});
  if (!live?.columns) return { refused: `the database refuses its SQL: ${live?.error?.message ?? ''}` };
  const query = panelQuery(panel.type, rewritten.sql, live.columns);
  if ('refused' in query) return query;
  const id = `${board}-${index + 1}`;
  const title = panel.title.trim() === '' ? `${dashboard.title} ${index + 1}` : panel.title.trim();
  const described = panel.description.trim() === '' ? title : panel.description.trim();
  const sql = `-- ${title.replace(/\s+/g, ' ')}: imported from the dashboard "${dashboard.title.replace(/\s+/g, ' ')}". Instants leave as epoch milliseconds; cost not known.\n${query.sql}\n`;
  const { relations } = readSql(sql, { params: {}, max_rows: query.max_rows });
  const logs: Readonly<Record<string, readonly string[]>> = RELATIONS;
  const read = relations.flatMap((name) => (name === 'source' ? [] : (logs[name] ?? [])));
  const sources = FAMILY_NAMES.filter((family) => read.includes(family));
  if (sources.length === 0) return { refused: 'its query reads no family of events, whose age it could have' };
  return {
    ...{ id, panel },
    files: [
      [`queries/${id}.sql`, sql],
      [
        `queries/${id}.yaml`,
        stringify({
          description: `${described} (imported)`,
          rows: query.rows,
          max_rows: query.max_rows,
          refresh_s: 60,
          min_interval_s: 10,
        }),
      ],
      [`metrics/${id}.yaml`, stringify(metricOf(panel, title, described))],
    ],
    board: {
      ...{
        kind: query.kind,
        title: same(title),
        question: same(described),
        metric: id,
        sources,
        stale_after_s: STALE_AFTER_S,
        at: panel.gridPos,
      },
      ...{ queries: { main: { query: id } } },
      ...(Object.keys(query.options).length > 0 && { options: query.options }),
    },
    changes: [
      ...rewritten.changes,
      ...query.changes,
      ...(shown.length > 1 ? [`of ${shown.length} queries the first is taken`] : []),
    ],
  };
}

/** Words without their mark-up. What is written in HTML is not taken. */
function takeText(panel: Panel, id: string): Taken | { refused: string } {
  const { content = '', mode } = panel.options ?? {};
  const words = content
    .replace(/^#+\s*/gm, '')
    .replace(/^\s*[*+]\s+/gm, '- ')
    .replace(/\*\*|__|`/g, '')
    .trim();
  if (words === '') return { refused: 'it says nothing' };
  if (mode === 'html' || /<\/?\w+[^>]*>/.test(words)) return { refused: 'it is written in HTML' };
  const title = same(panel.title.trim() === '' ? (words.split('\n')[0] ?? words).slice(0, 60) : panel.title.trim());
  const board = { kind: 'text', title, question: same(title.vi), at: panel.gridPos, options: { words: same(words) } };
  return { id, panel, files: [], board, changes: words === content ? [] : ['its mark-up is gone'] };
}

const same = (text: string) => ({ vi: text, en: text });

function metricOf({ fieldConfig: { defaults } }: Panel, title: string, definition: string): object {
  const isPercent = defaults.unit === 'percent';
  return {
    ...{ name: same(title), unit: same(isPercent ? '%' : (defaults.unit ?? 'số')) },
    ...{ format: isPercent ? 'percent' : defaults.decimals === 0 ? 'integer' : 'decimal' },
    ...(defaults.decimals !== undefined &&
      defaults.decimals !== null &&
      defaults.decimals > 0 && { decimals: Math.min(3, Math.round(defaults.decimals)) }),
    definition: same(definition),
  };
}

/** Rows of the grid in which nothing is any more are taken out, and panels keep their order. */
function filesOf(dashboard: GrafanaDashboard, taken: readonly Taken[], id: string): Map<string, string> {
  const places = taken.map(({ panel }) => panel.gridPos);
  const bottom = Math.max(1, ...places.map(({ y, h }) => y + h));
  const used = Array.from({ length: bottom }, (_, row) => places.some(({ y, h }) => row >= y && row < y + h));
  const above = (row: number) => used.slice(0, row).filter(Boolean).length;
  const rows = above(bottom);
  const scale = Math.max(1, Math.ceil(rows / MOST_ROWS));
  const board = {
    title: same(dashboard.title),
    questions: [same(dashboard.title)],
    grid: { columns: 24, rows: Math.max(1, Math.ceil(rows / scale)) },
    panels: Object.fromEntries(
      taken.map(({ id: panel, board: written, panel: { gridPos } }) => {
        const y = Math.floor(above(gridPos.y) / scale);
        const end = Math.floor(above(gridPos.y + gridPos.h) / scale);
        return [panel, { ...written, at: { x: gridPos.x, y, w: gridPos.w, h: Math.max(1, end - y) } }];
      }),
    ),
  };
  const head = `# Imported from the dashboard "${dashboard.title.replace(/\s+/g, ' ')}" of Grafana; ${id}-import.md says what became of it.\n`;
  return new Map([[`boards/${id}.yaml`, head + stringify(board)], ...taken.flatMap(({ files }) => files)]);
}

function reportOf(
  dashboard: GrafanaDashboard,
  taken: readonly Taken[],
  left: readonly { panel: Panel; reason: string }[],
): string {
  const titled = ({ title, type }: Panel) => `**${title === '' ? '(no title)' : title}** (${type})`;
  const { span_s, step_s } = stretchOf(dashboard.time);
  return [
    `# ${dashboard.title}: what became of it`,
    '',
    `${taken.length} of ${dashboard.panels.length} panels were taken.`,
    '',
    '## Taken',
    '',
    ...taken.flatMap(({ id, panel, changes }) => [
      `- ${titled(panel)} is \`${id}\``,
      ...changes.map((change) => `  - ${change}`),
    ]),
    '',
    '## Left out',
    '',
    ...left.map(({ panel, reason }) => `- ${titled(panel)}: ${reason}`),
    ...dashboard.annotations.map((name) => `- the annotation "${name}": marks over charts have no like here`),
    '',
    '## To look at',
    '',
    `- The time range (${dashboard.time.from} to ${dashboard.time.to}) is the ${span_s} s before the instant looked at, in steps of ${step_s} s; a wall has no time picker.`,
    `- A figure is stale after ${STALE_AFTER_S} s: Grafana does not say. Set \`stale_after_s\` of each panel.`,
    '- Titles, units and definitions are the same in both languages: translate them. Thresholds, colours, links and transformations were not taken.',
    '- Who looks sees their own units only, whatever the SQL says; values of variables are those of the export.',
    '',
  ].join('\n');
}
