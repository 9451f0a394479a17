import type { Dashboards } from '#dashboards/dashboards.ts';
import { chosenOf } from '#dashboards/fill-variables.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import { usesOf, viewOf, type Said, type View } from './view.ts';

/** Reads the dashboards folder. What is broken keeps its version of `previous` and is told as faults. */
export type LoadFolder = (previous?: Dashboards) => Promise<Loaded>;

/** What was read. `is_trusted` is set when the queries were not checked on the database: at first, and while it is away. */
export interface Loaded {
  dashboards: Dashboards;
  faults: FileFault[];
  is_trusted?: boolean;
}

/** The boards that are served, the last good version of each. */
export interface Book {
  dashboards: () => Dashboards;
  faults: () => readonly FileFault[];
  /** Whether the queries could not be checked and are taken on trust. */
  isTrusted: () => boolean;
  /** The faults of files that this board is made of, or would be. */
  faultsOf: (board: string) => FileFault[];
  /** A board for whoever looks at `unit` with these choices of its variables; mostly the same object until a file of it changes. */
  view: (board: string, unit: PlacedUnit, said?: Said) => View | undefined;
  /** Reads the folder again. Changes that come while it reads are read after. */
  reload: () => Promise<void>;
  /** Calls back after each reload. */
  onReload: (listener: () => void) => void;
}

/** More than are looked at at once: every unit may be looked at in every way, and each view holds a board. */
const MOST_VIEWS = 1_000;

/** Loads the folder and makes the book. Throws what the loader throws when there is nothing good to serve. */
export async function openBook(load: LoadFolder): Promise<Book> {
  let { dashboards, faults, is_trusted = false } = await load();
  let views = new Map<string, View>();
  let asked = 0;
  let reading: Promise<void> | undefined;
  const listeners: (() => void)[] = [];

  const read = async (): Promise<void> => {
    let answered: number;
    do {
      answered = asked;
      ({ dashboards, faults, is_trusted = false } = await load(dashboards));
    } while (answered !== asked);
    views = new Map();
    for (const listener of listeners) listener();
  };

  return {
    dashboards: () => dashboards,
    faults: () => faults,
    isTrusted: () => is_trusted,
    faultsOf: (board) => {
      const files = filesOf(dashboards, board);
      const own = faults.filter(({ file }) => files.has(file));
      return dashboards.boards.has(board) || own.length > 0 ? own : [removed(board)];
    },
    view: (id, unit, said) => {
      const board = dashboards.boards.get(id);
      if (!board) return undefined;
      // what is chosen, not what was said: whatever an address holds, there are no more views than choices
      const name = JSON.stringify([id, unit.path, chosenOf(board, said)]);
      const view = views.get(name) ?? viewOf(dashboards, id, unit, said);
      if (!view) return undefined;
      views.delete(name);
      views.set(name, view);
      const [oldest] = views.keys();
      if (views.size > MOST_VIEWS && oldest !== undefined) views.delete(oldest);
      return view;
    },
    reload: () => {
      asked += 1;
      reading ??= read().finally(() => (reading = undefined));
      return reading;
    },
    onReload: (listener) => listeners.push(listener),
  };
}

function removed(id: string): FileFault {
  const message = 'the file was removed; its last version is shown until the page is left';
  return { file: `boards/${id}.yaml`, line: 1, column: 1, path: '', message };
}

function filesOf({ boards, province }: Dashboards, id: string): Set<string> {
  const files = new Set([
    `boards/${id}.yaml`,
    `units/${province.id}.yaml`,
    `calendar/${province.tree.calendar}.yaml`,
    `topology/${province.id}.yaml`,
  ]);
  for (const panel of Object.values(boards.get(id)?.panels ?? {})) {
    if ('metric' in panel) files.add(`metrics/${panel.metric}.yaml`);
    if (panel.kind === 'image') files.add(`images/${panel.options.file}`);
    for (const [, { query }] of usesOf(panel)) files.add(`queries/${query}.yaml`).add(`queries/${query}.sql`);
  }
  return files;
}
