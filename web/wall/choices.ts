import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { ResolvedBoard } from '#api/contract.ts';

/** Parameters of a wall's address that say something else. */
const OTHERS = new Set(['unit', 'rota', 'every', 'takeover', 'theme', 'lang']);
/** What the server reads: longer or more is no choice. */
const LONGEST = 64;
const MOST = 16;

/** What an address says of the variables of whatever board it shows. */
export function saidOf(query: LocationQuery): Record<string, string> {
  const said = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    OTHERS.has(name) || typeof value !== 'string' || name.length > LONGEST || value.length > LONGEST
      ? []
      : [[name, value]],
  );
  return Object.fromEntries(said.slice(0, MOST));
}

/** The query of an address with one thing chosen; the default is not written, and null takes what is chosen away. */
export function queryWith(query: LocationQuery, name: string, value: string | number | null): LocationQueryRaw {
  return Object.fromEntries([
    ...Object.entries(query).filter(([key]) => key !== name),
    ...(value === null ? [] : [[name, String(value)]]),
  ]);
}

/** The first variable of which an address says what is no choice: an old bookmark. */
export function strayOf(
  { board: { variables }, chosen }: Pick<ResolvedBoard, 'board' | 'chosen'>,
  said: Readonly<Record<string, string>>,
): { name: string; value: string } | undefined {
  return Object.keys(variables).flatMap((name) => {
    const value = said[name];
    return value === undefined || value === String(chosen[name]) ? [] : [{ name, value }];
  })[0];
}
