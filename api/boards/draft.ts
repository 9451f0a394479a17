import { checkDraft } from '#dashboards/load/check-draft.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { IocError } from '../errors.ts';
import type { Book } from './book.ts';
import { viewOf, type Said, type View } from './view.ts';

/** A draft, as somebody has it in their editor: the id that its file has or will have, and its text. */
export interface Draft {
  id: string;
  text: string;
}

/** Longest text of a draft, in bytes: four times the longest board, and well below what a message may have. */
export const DRAFT_BYTES = 48 * 1024;
/** Most lines, commas and openings of lists: to compare the keys of one mapping takes the square of their number. The longest board has 900. */
const MOST_ENTRIES = 3_000;
/** Most queries that a draft may ask: each is a key of its own, and all keys share the database. */
const MOST_KEYS = 100;
/** Most faults that are told: nobody mends more at once. */
const MOST_FAULTS = 100;

/**
 * What is wrong with a draft beside the definitions that are served, and the board as whoever looks at `unit` sees it, by what is said of
 * its variables, when nothing is. The book does not learn of it. Throws `IOC_TOO_LARGE`.
 */
export function viewDraft(
  book: Book,
  { id, text }: Draft,
  unit: PlacedUnit,
  said: Said = {},
): { view: View; faults: [] } | { view: undefined; faults: FileFault[] } {
  if (text.replaceAll(/[^,\n[{]/g, '').length > MOST_ENTRIES)
    throw new IocError('IOC_TOO_LARGE', `a board has at most ${MOST_ENTRIES} lines, entries and lists`);
  if (Buffer.byteLength(text) > DRAFT_BYTES)
    throw new IocError('IOC_TOO_LARGE', `a board has at most ${DRAFT_BYTES / 1024} KiB`);
  const dashboards = book.dashboards();
  const { queries, metrics, maps, images } = dashboards;
  const { board, faults } = checkDraft(id, text, { queries, metrics, maps, images, broken: brokenIn(book) });
  if (!board) return { view: undefined, faults: faults.slice(0, MOST_FAULTS) };
  const view = viewOf({ ...dashboards, boards: new Map([[id, board]]) }, id, unit, said);
  if (!view) throw new IocError('IOC_BOARD_UNKNOWN');
  if (view.sights.length > MOST_KEYS) throw new IocError('IOC_TOO_LARGE', `a board asks at most ${MOST_KEYS} queries`);
  return { view, faults: [] };
}

/** The queries and metrics whose files have faults and of which no good version is served. */
function brokenIn(book: Book): Set<string> {
  const { queries, metrics } = book.dashboards();
  const names = book.faults().map(({ file }) => file.replace(/\.\w+$/, ''));
  return new Set(
    names.filter((name) => {
      const [folder, id = ''] = name.split('/');
      return (folder === 'queries' && !queries.has(id)) || (folder === 'metrics' && !metrics.has(id));
    }),
  );
}
