import { expect, it } from 'vitest';
import { rowsFor } from './rows-for.ts';

const answer = {
  columns: ['unit', 'severity', 'value'],
  rows: [
    ['A', 3, 1],
    ['A', 4, 2],
    ['B', 4, null],
  ],
};

it.each([
  [{}, answer.rows],
  [{ unit: 'A' }, answer.rows.slice(0, 2)],
  [{ severity: 4, unit: 'B' }, answer.rows.slice(2)],
  [{ unit: 'C' }, []],
  [{ nothing: 'A' }, []],
])('are those that %j is true of', (where, rows) => {
  const rowsOf = rowsFor(answer);
  expect(rowsOf(where).rows).toEqual(rows);
  expect(rowsOf(where).rows).toEqual(rows);
});
