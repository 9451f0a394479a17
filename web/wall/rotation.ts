/** Boards that a wall shows in turn, and for how long each. */
export interface Rota {
  boards: readonly string[];
  every_s: number;
}

const EVERY_S = { least: 10, most: 3600, usual: 60 };

/**
 * The rota of an address: `?rota=all`, or `?rota=toan-canh,mang`, and `?every=` seconds. Undefined when it asks for none, or fewer than two of
 * the boards that there are are left.
 */
export function rotaOf(query: Readonly<Record<string, unknown>>, known: readonly string[]): Rota | undefined {
  const { rota, every } = query;
  if (typeof rota !== 'string' || rota === '') return undefined;
  const boards = rota === 'all' ? known : [...new Set(rota.split(','))].filter((id) => known.includes(id));
  if (boards.length < 2) return undefined;
  const asked = typeof every === 'string' && every !== '' ? Number(every) : EVERY_S.usual;
  const seconds = Number.isFinite(asked) ? asked : EVERY_S.usual;
  return { boards, every_s: Math.min(EVERY_S.most, Math.max(EVERY_S.least, Math.round(seconds))) };
}

/** The board so many places after another one; the first where that is in no place. */
export function boardAfter({ boards }: Rota, board: string, by: number): string {
  const place = boards.indexOf(board);
  if (place === -1) return boards[0] ?? board;
  return boards[(((place + by) % boards.length) + boards.length) % boards.length] ?? board;
}
