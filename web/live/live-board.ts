import { inject } from 'vue';
import type { InjectionKey } from 'vue';
import type { LiveBoard } from './use-board.ts';

/** The board that a page follows, for the panels inside it. */
export const LIVE_BOARD: InjectionKey<LiveBoard> = Symbol('live board');

/** The board that the enclosing page follows. Throws outside of one. */
export function useLiveBoard(): LiveBoard {
  const board = inject(LIVE_BOARD);
  if (!board) throw new Error('a panel stands outside of a board');
  return board;
}
