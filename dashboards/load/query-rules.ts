import type { LoadedQuery } from '../dashboards.ts';
import type { Describe, Described } from '../schema/describe.ts';
import type { FileFault } from '../schema/fault.ts';
import type { COLUMN_TYPES, Query, QueryParamSchema } from '../schema/query.ts';
import type { z } from 'zod';
import { DERIVATIONS } from '../topology/derive.ts';
import { idOf } from './read-folder.ts';
import { LENS_PARAMS, readSql } from './sql-rules.ts';
import { choices } from './suggest.ts';
import type { YamlFile } from './yaml-file.ts';

type Param = z.output<typeof QueryParamSchema>;

/** Why a value cannot be given to a parameter; undefined when it can. */
export function refuseParam(param: Param, value: number | string): string | undefined {
  const isText = param.type === 'String';
  if (isText !== (typeof value === 'string'))
    return `is ${JSON.stringify(value)}; allowed: ${isText ? 'text' : 'a number'} (${param.type})`;
  if (typeof value === 'number' && !fits(param.type, value))
    return `is ${value}; allowed: ${param.type === 'Float64' ? 'a finite number' : `a whole number that ${param.type} can hold`}`;
  if (param.allowed && !param.allowed.includes(value))
    return `is ${JSON.stringify(value)}; allowed: ${param.allowed.map((one) => JSON.stringify(one)).join(', ')}`;
  return undefined;
}

/** Checks the values that a file gives to parameters of a query. `say` makes a fault at the parameter of a name. */
export function checkParams(
  query: LoadedQuery,
  params: Readonly<Record<string, number | string>>,
  say: (name: string, message: string, on?: 'key') => FileFault,
): FileFault[] {
  return Object.entries(params).flatMap(([name, value]) => {
    const param = Object.hasOwn(query.params, name) ? query.params[name] : undefined;
    if (!param) {
      const allowed = choices(name, Object.keys(query.params));
      return [say(name, `query "${query.id}" has no parameter "${name}"; ${allowed}`, 'key')];
    }
    const refused = refuseParam(param, value);
    return refused === undefined ? [] : [say(name, `"${name}" ${refused}`)];
  });
}

function fits(type: Param['type'], value: number): boolean {
  if (type === 'Float64' || type === 'String') return Number.isFinite(value);
  const bits = Number(type.replace(/\D/g, ''));
  const [low, high] = type.startsWith('U') ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
  return Number.isInteger(value) && value >= low && value <= high;
}

/** Checks a query file against its SQL. The query is given when both are right. */
export function checkQuery(
  yaml: YamlFile<Query>,
  sql: string | undefined,
): { query: LoadedQuery | undefined; faults: readonly FileFault[] } {
  const id = idOf(yaml.file);
  if (!yaml.value) return { query: undefined, faults: yaml.faults };
  const faults: FileFault[] = [];
  for (const [name, param] of Object.entries(yaml.value.params)) {
    const path = ['params', name];
    if (Object.hasOwn(LENS_PARAMS, name))
      faults.push(yaml.fault(path, `"${name}" is a parameter of the lens; allowed: another name`, 'key'));
    const refused = refuseParam(param, param.default);
    if (refused !== undefined) faults.push(yaml.fault([...path, 'default'], `the default of "${name}" ${refused}`));
  }
  if (Object.keys(yaml.value.rows).length === 0)
    faults.push(yaml.fault(['rows'], 'no columns; allowed: a mapping of each column to its type'));
  faults.push(...checkDerived(yaml, yaml.value));
  if (sql === undefined) {
    faults.push(yaml.fault([], `there is no queries/${id}.sql; allowed: the SQL in a file of the same name`));
    return { query: undefined, faults };
  }
  const { relations, findings } = readSql(sql, yaml.value);
  faults.push(...findings.map((finding) => ({ file: `queries/${id}.sql`, path: '', ...finding })));
  return { query: faults.length === 0 ? { ...yaml.value, id, sql, relations } : undefined, faults };
}

/** What a derivation reads and gives is settled by its function. */
function checkDerived(yaml: YamlFile<Query>, { derive, rows }: Query): FileFault[] {
  if (!derive) return [];
  const settled = DERIVATIONS[derive.by];
  const differ = (declared: Query['rows'], names: readonly string[], path: readonly string[]) => [
    ...names
      .filter((name) => !Object.hasOwn(declared, name))
      .map((name) => yaml.fault(path, `"${name}" is missing, which ${derive.by} needs; allowed: ${names.join(', ')}`)),
    ...Object.keys(declared)
      .filter((name) => !names.includes(name))
      .map((name) => yaml.fault([...path, name], `${derive.by} knows no "${name}"; ${choices(name, names)}`, 'key')),
  ];
  return [...differ(derive.from, settled.from, ['derive', 'from']), ...differ(rows, settled.rows, ['rows'])];
}

/** A ClickHouse type as a column of a query's rows; undefined when rows cannot carry it. */
export function columnType(written: string): { type: (typeof COLUMN_TYPES)[number]; nullable: boolean } | undefined {
  const bare = written.replace(/^LowCardinality\((.*)\)$/, '$1');
  const nullable = bare.startsWith('Nullable(');
  const inner = bare.replace(/^Nullable\((.*)\)$/, '$1');
  if (/^U?Int(8|16|32|64)$|^Float(32|64)$/.test(inner)) return { type: 'number', nullable };
  return /^(String|FixedString\(\d+\)|Enum(8|16)\(.*\))$/.test(inner) ? { type: 'text', nullable } : undefined;
}

/** Compares the rows that a query declares with what an engine says, in each database. */
export async function checkRows(yaml: YamlFile<Query>, query: LoadedQuery, describe: Describe): Promise<FileFault[]> {
  const params = Object.fromEntries(Object.entries(query.params).map(([name, param]) => [name, param.default]));
  const described = await describe(query.sql, params);
  // what both databases say alike is one fault
  const faults = new Map<string, { fault: FileFault; databases: string[] }>();
  for (const { database, columns, error } of described)
    for (const fault of error ? [refusal(query, error)] : compare(yaml, query, columns ?? [])) {
      const known = faults.get(JSON.stringify(fault)) ?? { fault, databases: [] };
      faults.set(JSON.stringify(fault), { fault, databases: [...known.databases, database] });
    }
  return [...faults.values()].map(({ fault, databases }) => ({
    ...fault,
    message: `in ${databases.join(' and ')}: ${fault.message}`,
  }));
}

function refusal(query: LoadedQuery, error: NonNullable<Described['error']>): FileFault {
  const { line = 1, column = 1 } = error;
  const message = `the database refuses it: ${error.message}; allowed: SQL that runs in live and history`;
  return { file: `queries/${query.id}.sql`, line, column, path: '', message };
}

/** The columns that the SQL has to give, and where they are declared. */
function declaredOf({ derive, rows }: Query): { rows: Query['rows']; path: readonly string[] } {
  return derive ? { rows: derive.from, path: ['derive', 'from'] } : { rows, path: ['rows'] };
}

function compare(yaml: YamlFile<Query>, query: LoadedQuery, columns: NonNullable<Described['columns']>): FileFault[] {
  const names = columns.map(({ name }) => name);
  const { rows, path } = declaredOf(query);
  const missing = Object.keys(rows).filter((name) => !names.includes(name));
  return [
    ...columns.flatMap((column) => checkColumn(yaml, query, column)),
    ...missing.map((name) =>
      yaml.fault([...path, name], `the SQL gives no column "${name}"; ${choices(name, names)}`, 'key'),
    ),
  ];
}

function checkColumn(yaml: YamlFile<Query>, query: LoadedQuery, column: { name: string; type: string }): FileFault[] {
  const given = columnType(column.type);
  const { rows, path: place } = declaredOf(query);
  const declared = Object.hasOwn(rows, column.name) ? rows[column.name] : undefined;
  if (!declared)
    return [
      yaml.fault(
        place,
        `the SQL gives a column "${column.name}" that is not declared; allowed: declare it, or leave it out of the SELECT`,
        'key',
      ),
    ];
  const path = [...place, column.name];
  const isInstant = declared.type === 'instant' && /^(Nullable\()?Int64\)?$/.test(column.type);
  if (!given || (!isInstant && declared.type !== given.type))
    return [
      yaml.fault(
        [...path, 'type'],
        `"${column.name}" is ${column.type}, declared ${declared.type}; allowed: ${given ? given.type : 'number, text, or Int64 epoch milliseconds (instant)'}`,
      ),
    ];
  if (declared.nullable !== given.nullable)
    return [yaml.fault(path, `"${column.name}" is ${column.type}; allowed: nullable: ${given.nullable}`)];
  return [];
}
