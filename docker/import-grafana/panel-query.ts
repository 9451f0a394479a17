import { columnType } from '#dashboards/load/query-rules.ts';

/** A column as an engine describes it. */
export interface Column {
  name: string;
  type: string;
}

/** A panel's kind, its query and its options; or why there is none. */
export type PanelQuery =
  | {
      kind: 'figure' | 'series' | 'bars' | 'table';
      sql: string;
      rows: Rows;
      max_rows: number;
      options: object;
      changes: string[];
    }
  | { refused: string };
type Rows = Record<string, { type: 'number' | 'text' | 'instant'; nullable: boolean }>;

const KINDS: Readonly<Record<string, 'figure' | 'series' | 'bars' | 'table'>> = {
  ...{ stat: 'figure', singlestat: 'figure', gauge: 'figure', timeseries: 'series', graph: 'series' },
  ...{ barchart: 'bars', bargauge: 'bars', piechart: 'bars', table: 'table', 'table-old': 'table' },
};
const COLORS = ['in', 'out', 'neutral', 'warn', 'low', 'medium', 'high', 'critical'] as const;
const MOST_ROWS = 1000;
const name = (text: string) => `"${text.replaceAll('"', '')}"`;
const isTime = ({ type }: Column) => /^(Nullable\()?(DateTime|Date)/.test(type);
const typeOf = ({ type }: Column) => columnType(type)?.type;
const text = (value: string) => ({ vi: value, en: value });

/** Why a type of Grafana's panels is not taken; undefined when it is. */
export function refuseType(type: string): string | undefined {
  return KINDS[type]
    ? undefined
    : `panels of type "${type}" have no like here; taken: ${Object.keys(KINDS).join(', ')}`;
}

/** Wraps a rewritten query so that it gives what a panel reads: instants as milliseconds, names for columns, a bound. */
export function panelQuery(type: string, inner: string, columns: readonly Column[]): PanelQuery {
  const numbers = columns.filter((column) => typeOf(column) === 'number');
  const times = columns.filter(isTime);
  const texts = columns.filter((column) => typeOf(column) === 'text');
  const kind = KINDS[type];
  if (kind === 'figure') return figure(inner, numbers, times);
  if (kind === 'series') return series(inner, numbers, times, texts);
  if (kind === 'bars') return bars(inner, numbers, texts);
  if (kind === 'table') return table(inner, columns);
  return { refused: refuseType(type) ?? '' };
}

function figure(inner: string, numbers: readonly Column[], times: readonly Column[]): PanelQuery {
  const [value] = numbers;
  if (!value) return { refused: 'its query gives no number' };
  const [time] = times;
  const changes = [
    ...(numbers.length > 1 ? [`of ${numbers.length} numbers the first is shown: ${value.name}`] : []),
    ...(time ? ['the newest value is shown'] : []),
  ];
  const sql = `SELECT CAST(${name(value.name)} AS Nullable(Float64)) AS value\nFROM\n(\n${inner}\n)\n${time ? `ORDER BY ${name(time.name)} DESC\n` : ''}LIMIT 1`;
  return {
    kind: 'figure',
    sql,
    rows: { value: { type: 'number', nullable: true } },
    max_rows: 1,
    options: {},
    changes,
  };
}

function series(
  inner: string,
  numbers: readonly Column[],
  [time]: readonly Column[],
  texts: readonly Column[],
): PanelQuery {
  if (!time || numbers.length === 0) return { refused: 'its query gives no instant with a number' };
  if (texts.length > 0)
    return {
      refused: `its series are named by the column "${texts[0]?.name ?? ''}": here they are named by the board`,
    };
  const taken = numbers.slice(0, COLORS.length);
  const pairs = taken.map(
    (column) => `('${column.name.replaceAll("'", '')}', CAST(${name(column.name)} AS Nullable(Float64)))`,
  );
  const sql = `SELECT assumeNotNull(toUnixTimestamp64Milli(toDateTime64(${name(time.name)}, 3))) AS t, tupleElement(point, 1) AS series, tupleElement(point, 2) AS value\nFROM\n(\n${inner}\n)\nARRAY JOIN [${pairs.join(', ')}] AS point\nORDER BY t, series\nLIMIT ${MOST_ROWS}`;
  const rows: Rows = {
    t: { type: 'instant', nullable: false },
    series: { type: 'text', nullable: false },
    value: { type: 'number', nullable: true },
  };
  const options = {
    series: taken.map((column, n) => ({
      id: column.name.replaceAll("'", ''),
      name: text(column.name),
      color: COLORS[n],
    })),
  };
  const changes =
    numbers.length > taken.length ? [`of ${numbers.length} series the first ${taken.length} are drawn`] : [];
  return { kind: 'series', sql, rows, max_rows: MOST_ROWS, options, changes };
}

function bars(inner: string, [value]: readonly Column[], [label]: readonly Column[]): PanelQuery {
  if (!value || !label) return { refused: 'its query gives no text with a number' };
  const sql = `SELECT ifNull(toString(${name(label.name)}), '') AS label, label AS name, CAST(${name(value.name)} AS Nullable(Float64)) AS value\nFROM\n(\n${inner}\n)\nORDER BY value DESC, label\nLIMIT 30`;
  const rows: Rows = {
    label: { type: 'text', nullable: false },
    name: { type: 'text', nullable: false },
    value: { type: 'number', nullable: true },
  };
  return {
    kind: 'bars',
    sql,
    rows,
    max_rows: 30,
    options: { label: 'text', top: 12, color: 'in' },
    changes: [],
  };
}

/** How a column of a table leaves: under a name of its own, as one of the three types. */
interface Cell {
  column: Column;
  written: string;
  type: 'number' | 'text' | 'instant';
  format: 'date' | 'decimal' | 'text';
}

function cellOf(column: Column): Cell[] {
  const quoted = name(column.name);
  if (isTime(column))
    return [{ column, written: `toUnixTimestamp64Milli(toDateTime64(${quoted}, 3))`, type: 'instant', format: 'date' }];
  const type = typeOf(column);
  if (type === 'number') return [{ column, written: `CAST(${quoted} AS Nullable(Float64))`, type, format: 'decimal' }];
  return type === 'text' ? [{ column, written: `CAST(${quoted} AS Nullable(String))`, type, format: 'text' }] : [];
}

function table(inner: string, columns: readonly Column[]): PanelQuery {
  const cells = columns.slice(0, 12).flatMap(cellOf);
  if (cells.length === 0) return { refused: 'its query gives no text, number or instant' };
  const list = cells.map(({ written }, n) => `${written} AS c${n}`).join(', ');
  const sql = `SELECT toString(rowNumberInAllBlocks()) AS id, ${list}\nFROM\n(\n${inner}\n)\nLIMIT 100`;
  const rows: Rows = { id: { type: 'text', nullable: false } };
  for (const [n, { type, column }] of cells.entries())
    rows[`c${n}`] = { type, nullable: type !== 'instant' || column.type.startsWith('Nullable') };
  const options = {
    columns: cells.map(({ column, format }, n) => ({
      ...{ column: `c${n}`, title: text(column.name), format },
      grows: n === 0,
    })),
  };
  const changes =
    columns.length > cells.length
      ? ['columns that are neither text, number nor instant, and those beyond the twelfth, are left out']
      : [];
  return { kind: 'table', sql, rows, max_rows: 100, options, changes };
}
