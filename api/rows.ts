import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Cell } from './contract.ts';
import { IocError } from './errors.ts';

type Declared = Pick<LoadedQuery, 'id' | 'rows'>;

/**
 * Where each declared column stands in what the database sent. Throws `IOC_ROWS_WRONG` when a column is missing or is not declared.
 */
export function orderOf(query: Declared, names: readonly unknown[]): number[] {
  const declared = Object.keys(query.rows);
  const more = names.filter((name) => typeof name !== 'string' || !declared.includes(name));
  if (more.length > 0) throw new IocError('IOC_ROWS_WRONG', `${query.id} gives ${more.join(', ')}, not declared`);
  return declared.map((name) => {
    const index = names.indexOf(name);
    if (index === -1) throw new IocError('IOC_ROWS_WRONG', `${query.id} does not give ${name}`);
    return index;
  });
}

/** A row in declared order, each cell of its declared type. Throws `IOC_ROWS_WRONG` with the column's name. */
export function checkRow(query: Declared, order: readonly number[], line: readonly unknown[]): Cell[] {
  return Object.entries(query.rows).map(([name, { type, nullable }], index) => {
    const value = line[order[index] ?? -1];
    if (value === null && nullable) return null;
    if (type === 'text' && typeof value === 'string') return value;
    if (type === 'number' && typeof value === 'number') return value;
    if (type === 'instant' && typeof value === 'number' && Number.isSafeInteger(value)) return value;
    const found = value === null ? 'null' : typeof value;
    throw new IocError('IOC_ROWS_WRONG', `${query.id}: ${name} is ${found}, declared ${type}`);
  });
}
