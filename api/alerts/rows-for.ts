import type { Cell } from '../contract.ts';
import type { SeenRows } from './sights.ts';

/**
 * The rows of an answer that a rule looks at, by its `where`. Thousands of rules may ask the same and each look at one row: the rows are parted once for each set of columns,
 * not searched for each rule.
 */
export function rowsFor(answer: SeenRows): (where: Readonly<Record<string, number | string>>) => SeenRows {
  const parted = new Map<string, Map<string, Cell[][]>>();
  const part = (columns: readonly string[]): Map<string, Cell[][]> => {
    const places = columns.map((column) => answer.columns.indexOf(column));
    const parts = new Map<string, Cell[][]>();
    for (const row of answer.rows) {
      const key = JSON.stringify(places.map((place) => row[place] ?? null));
      const known = parts.get(key);
      if (known) known.push([...row]);
      else parts.set(key, [[...row]]);
    }
    return parts;
  };
  return (where) => {
    const columns = Object.keys(where);
    if (columns.length === 0) return answer;
    const name = JSON.stringify(columns);
    const parts = parted.get(name) ?? part(columns);
    parted.set(name, parts);
    return { columns: answer.columns, rows: parts.get(JSON.stringify(Object.values(where))) ?? [] };
  };
}
