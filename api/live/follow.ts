import type { Dashboards } from '#dashboards/dashboards.ts';
import type { PlacedUnit } from '#ingest/schema/unit-index.ts';
import type { Book } from '../boards/book.ts';
import { viewDraft, type Draft } from '../boards/draft.ts';
import type { Said, View } from '../boards/view.ts';
import type { Followed, Previewed, ResolvedBoard, Snapshot } from '../contract.ts';
import { IocError } from '../errors.ts';
import type { Live } from './live.ts';

/** The part of a socket that following needs. */
export interface Viewer {
  id: string;
  connected: boolean;
  join: (rooms: string[]) => unknown;
  leave: (room: string) => unknown;
}

/** Who follows which board. */
export interface Follow<V extends Viewer> {
  /** Begins to follow a board by what is said of its variables, in place of the one before. Throws `IOC_BOARD_UNKNOWN`, `IOC_BUSY`. */
  watch: (viewer: V, board: string, unit: PlacedUnit, said?: Said) => Promise<Followed>;
  /** Begins to follow what a draft draws, or says what is wrong with it and leaves all as it is. Throws `IOC_TOO_LARGE`, `IOC_BUSY`. */
  preview: (viewer: V, draft: Draft, unit: PlacedUnit, said?: Said) => Promise<Previewed>;
  /** The newest results of keys that the viewer follows; others are left out. */
  snapshots: (viewer: V, keys: readonly string[]) => Snapshot[];
  leave: (viewer: V) => void;
  /** Moves everybody whose board has changed; `changed` tells each what is new to it. */
  move: (changed: (viewer: V, board: ResolvedBoard, snapshots: Snapshot[]) => void) => Promise<void>;
  /** The scope that a viewer looks at. */
  scopeOf: (viewer: V) => string | undefined;
}

/** Names of rooms. A key is a room of its own name. */
export const rooms = {
  board: (id: string) => `board ${id}`,
  scope: (path: string) => `scope ${path}`,
};

/** Longest wait for first results, in milliseconds; what is not there by then follows by itself. */
const WATCH_MS = 5_000;
/** Longest wait for what is known of the sources: figures may be simulated, and do not stand without that mark. A viewer gives up after 10 s. */
const SOURCES_MS = 9_000;
const MOVE_MS = 700;

interface Place<V> {
  viewer: V;
  view: View;
  unit: PlacedUnit;
  see: See;
}

/** From one view to another, of a unit. */
interface Step {
  before: View;
  view: View;
  unit: PlacedUnit;
}

/** What is to be drawn as the files are now; undefined when nothing can be. */
type See = () => View | undefined;

/** Makes the list of followers. */
export function createFollow<V extends Viewer>(book: Book, { registry, pulses }: Live): Follow<V> {
  const places = new Map<string, Place<V>>();
  /** The newest request of each viewer: an older one that ends later counts for nothing. */
  const turns = new Map<string, symbol>();

  const take = ({ view, unit }: Pick<Place<V>, 'view' | 'unit'>) => {
    // the sources first: what was wished first is asked first
    pulses.acquire(unit.path);
    try {
      registry.acquireAll(view.sights);
    } catch (error) {
      pulses.release(unit.path);
      throw error;
    }
  };
  const give = ({ view, unit }: Pick<Place<V>, 'view' | 'unit'>) => {
    for (const { key } of view.sights) registry.release(key);
    pulses.release(unit.path);
  };
  const settled = async ({ view, unit }: Pick<Place<V>, 'view' | 'unit'>, limit_ms: number): Promise<void> => {
    const figures = Promise.all(view.sights.map(({ key }) => registry.first(key)));
    await Promise.all([within(figures, limit_ms), within(pulses.first(unit.path), SOURCES_MS)]);
  };
  const roomsOf = ({ view, unit }: Pick<Place<V>, 'view' | 'unit'>) => [
    ...view.sights.map(({ key }) => key),
    rooms.board(view.board.id),
    rooms.scope(unit.path),
  ];
  const put = (next: Place<V>) => {
    const { viewer } = next;
    const before = places.get(viewer.id);
    take(next);
    places.set(viewer.id, next);
    const joined = roomsOf(next);
    void viewer.join(joined);
    if (!before) return;
    for (const room of roomsOf(before)) if (!joined.includes(room)) void viewer.leave(room);
    give(before);
  };
  const resultsOf = (keys: readonly string[]) =>
    keys.map((key) => registry.snapshot(key)).filter((snapshot) => snapshot !== undefined);

  const begin = async (viewer: V, unit: PlacedUnit, see: See): Promise<Followed> => {
    const turn = Symbol(unit.path);
    turns.set(viewer.id, turn);
    for (;;) {
      const view = see();
      if (!view) throw new IocError('IOC_BOARD_UNKNOWN');
      const hold = { view, unit };
      take(hold);
      try {
        await settled(hold, WATCH_MS);
        if (!viewer.connected || turns.get(viewer.id) !== turn)
          throw new IocError('IOC_BAD_REQUEST', 'another board was asked for meanwhile');
        // a file was saved meanwhile: begin again with what is served now
        if (see()?.board.revision !== view.board.revision) continue;
        put({ viewer, view, unit, see });
        const snapshots = resultsOf(view.sights.map(({ key }) => key));
        return { board: view.board, snapshots, pulse: pulses.of(unit.path) };
      } finally {
        give(hold);
      }
    }
  };

  return {
    watch: (viewer, id, unit, said) => begin(viewer, unit, () => book.view(id, unit, said)),
    preview: async (viewer, draft, unit, said) => {
      const look = () => viewDraft(book, draft, unit, said);
      const { view, faults } = look();
      if (!view) return { faults, shown: null };
      return {
        faults: [],
        shown: await begin(
          viewer,
          unit,
          seeDraft(book, view, () => look().view),
        ),
      };
    },
    snapshots: (viewer, keys) => {
      const own = new Set(places.get(viewer.id)?.view.sights.map(({ key }) => key));
      return resultsOf(keys.filter((key) => own.has(key)));
    },
    leave: (viewer) => {
      turns.delete(viewer.id);
      const place = places.get(viewer.id);
      if (place) give(place);
      places.delete(viewer.id);
    },
    move: async (changed) => {
      // those who saw the same and go to the same: a variable that is new may part them by what they said of it
      const steps = new Map<View, Map<string, Step>>();
      for (const { view: before, unit, see } of places.values()) {
        const view = see();
        if (!view || view.board.revision === before.board.revision) continue;
        const from = steps.get(before) ?? new Map<string, Step>();
        steps.set(before, from.set(view.board.revision, { before, view, unit }));
      }
      const moveThose = async ({ before, view, unit }: Step): Promise<void> => {
        const hold = { view, unit };
        take(hold);
        try {
          await settled(hold, MOVE_MS);
          const known = new Set(before.sights.map(({ key }) => key));
          const fresh = view.sights.map(({ key }) => key).filter((key) => !known.has(key));
          for (const place of [...places.values()]) {
            if (place.view !== before || place.see()?.board.revision !== view.board.revision) continue;
            put({ ...place, view });
            changed(place.viewer, view.board, resultsOf(fresh));
          }
        } finally {
          give(hold);
        }
      };
      await Promise.all([...steps.values()].flatMap((from) => [...from.values()].map(moveThose)));
    },
    scopeOf: (viewer) => places.get(viewer.id)?.unit.path,
  };
}

/** A draft is looked at again when a file was saved: a query that it names may be another. */
function seeDraft(book: Book, first: View, look: See): See {
  let seen: { of: Dashboards; view: View | undefined } = { of: book.dashboards(), view: first };
  return () => {
    const of = book.dashboards();
    if (seen.of !== of) seen = { of, view: look() };
    return seen.view;
  };
}

async function within(work: Promise<unknown>, limit_ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((done) => (timer = setTimeout(done, limit_ms)));
  await Promise.race([work, limit]);
  clearTimeout(timer);
}
