import type { LocationQuery } from 'vue-router';

/** The number of a board that an address says it was opened from; undefined where none is said. */
export function readFigure(query: LocationQuery): number | undefined {
  const said = Array.isArray(query.figure) ? query.figure[0] : query.figure;
  return said && /^\d+$/.test(said) ? Number(said) : undefined;
}
