import type { FastifyBaseLogger } from 'fastify';
import type { Book } from '../boards/book.ts';
import { rooms, type Follow } from '../live/follow.ts';
import type { Io, ViewerSocket } from './io.ts';

/** What the news of boards are told with. */
export interface BoardNewsOptions {
  book: Book;
  follow: Follow<ViewerSocket>;
  log: FastifyBaseLogger;
}

/** After each reload: tells faults that came or went to those who follow the board, and moves everybody whose board has changed. */
export function tellBoardNews(io: Io, { book, follow, log }: BoardNewsOptions): void {
  const told = new Map<string, string>();
  const note = (): string[] => {
    const ids = new Set([...told.keys(), ...book.dashboards().boards.keys()]);
    return [...ids].filter((id) => {
      const text = JSON.stringify(book.faultsOf(id));
      const isNews = (told.get(id) ?? '[]') !== text;
      told.set(id, text);
      return isNews;
    });
  };
  note();

  let moving = Promise.resolve();
  book.onReload(() => {
    for (const id of note()) io.to(rooms.board(id)).emit('board:fault', book.faultsOf(id));
    // one after the other: a second reload moves viewers from where the first has put them
    moving = moving
      .then(() => follow.move((socket, board, snapshots) => socket.emit('board:changed', { board, snapshots })))
      .catch((err: unknown) => log.error({ err }, 'viewers could not be moved to the changed boards'));
  });
}
