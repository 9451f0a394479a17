import { onScopeDispose, shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { Pulse, ResolvedBoard, Snapshot } from '#api/contract.ts';
import type { ScreenOrders, ScreenSign } from '#api/contract-screens.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { useConnection } from '../stores/connection.ts';
import { createKeyStore } from './key-store.ts';
import type { KeptPictures } from './kept-picture.ts';
import { panelViews } from './panel-views.ts';
import type { PanelView } from './panel-views.ts';
import { openLink } from './socket.ts';
import type { OpenLink } from './socket.ts';

const RETRY_MS = 3_000;
/** A diff of the pulse's own tick may still be on its way. */
const GRACE_MS = 300;

export interface LiveBoard {
  board: Readonly<ShallowRef<ResolvedBoard | undefined>>;
  panels: Readonly<ShallowRef<readonly PanelView[]>>;
  /** What is wrong with the board's files while an older version is served. */
  faults: Readonly<ShallowRef<readonly FileFault[]>>;
  /** The last good result of a key. */
  result: (key: string) => Readonly<ShallowRef<Snapshot | undefined>>;
  /** What this screen is to do; undefined for a browser that is none, and until it is heard. */
  orders: Readonly<ShallowRef<ScreenOrders | undefined>>;
  /** Tells how this screen is. */
  sign: (sign: ScreenSign) => void;
}

/** The picture is kept this often, and this soon after it was joined. */
const KEEP_MS = 30_000;
const FIRST_KEEP_MS = 3_000;

/** Follows a board, narrowed to `unit` and by the choices of its `variables` where they are given, for as long as the scope lives: joins, heals gaps, and joins again after every loss of the connection. */
export function useBoard(options: {
  board: MaybeRefOrGetter<string>;
  unit?: MaybeRefOrGetter<string | undefined>;
  variables?: MaybeRefOrGetter<Readonly<Record<string, string>>>;
  open?: OpenLink;
  /** Where the last good picture of a screen is kept. */
  kept?: KeptPictures;
}): LiveBoard {
  const connection = useConnection();
  const store = createKeyStore();
  const board = shallowRef<ResolvedBoard>();
  const panels = shallowRef<readonly PanelView[]>([]);
  const faults = shallowRef<readonly FileFault[]>([]);
  const orders = shallowRef<ScreenOrders>();
  /** Keys asked for and not answered yet, so that a burst of diffs after a gap asks once. */
  const asked = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** Counts the joins: an answer to an earlier one is no longer wanted. */
  let turn = 0;

  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, ms);
    timers.add(timer);
  };
  const quiet = (): void => {
    turn += 1;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    asked.clear();
  };

  const show = (next: ResolvedBoard, snapshots: readonly Snapshot[]): void => {
    // results first: a panel that appears finds its rows
    store.take(snapshots);
    board.value = next;
    const views = panelViews(next, panels.value);
    const isSame = views.length === panels.value.length && views.every((view, index) => view === panels.value[index]);
    if (!isSame) panels.value = views;
    store.keep(views.flatMap((view) => Object.values(view.keys)));
  };

  const ask = async (keys: readonly string[]): Promise<void> => {
    const wanted = keys.filter((key) => !asked.has(key));
    if (wanted.length === 0 || !link.isUp()) return;
    const mine = turn;
    for (const key of wanted) asked.add(key);
    const answer = await link.snapshots(wanted);
    if (mine !== turn) return;
    for (const key of wanted) asked.delete(key);
    if (answer.ok) store.take(answer.value);
  };

  const hear = (pulse: Pulse): void => {
    connection.heard(pulse);
    if (store.behind(pulse.seqs).length > 0) later(GRACE_MS, () => void ask(store.behind(pulse.seqs)));
  };

  /** Keeps what is drawn, where a screen draws it, and the server and its database are there. */
  const keep = (): void => {
    const { pulse, silentMs } = connection;
    if (!orders.value || !board.value || !pulse || pulse.failure || silentMs !== null) return;
    const keys = panels.value.flatMap((view) => Object.values(view.keys));
    const snapshots = keys.flatMap((key) => store.result(key).value ?? []);
    options.kept?.write({ board: board.value, snapshots, pulse });
  };
  const restore = (): void => {
    const picture = options.kept?.read(toValue(options.board));
    if (!picture) return;
    connection.restore(picture.pulse, picture.age_ms);
    show(picture.board, picture.snapshots);
  };

  const join = async (): Promise<void> => {
    quiet();
    // a screen that was never told what to show is told when it connects
    if (toValue(options.board) === '') return;
    // told again, after the answer, where they are still there
    faults.value = [];
    const mine = turn;
    const answer = await link.watch(toValue(options.board), toValue(options.unit), toValue(options.variables));
    if (mine !== turn) return;
    if (answer.ok) {
      connection.refused(null);
      show(answer.value.board, answer.value.snapshots);
      hear(answer.value.pulse);
      later(FIRST_KEEP_MS, keep);
      return;
    }
    if (answer.failure) connection.refused(answer.failure);
    later(RETRY_MS, () => void join());
  };

  const link = (options.open ?? openLink)({
    up: () => {
      connection.up();
      void join();
    },
    down: () => {
      quiet();
      connection.down();
    },
    pulse: hear,
    snapshot: (snapshot) => store.take([snapshot]),
    diff: (diff) => {
      const gap = store.apply(diff);
      if (gap !== undefined) void ask([gap]);
    },
    changed: (change) => show(change.board, change.snapshots),
    fault: (next) => (faults.value = next),
    refused: (failure) => {
      orders.value = undefined;
      connection.refused(failure);
    },
    orders: (next) => {
      orders.value = next;
      if (toValue(options.board) === '') connection.refused(null);
    },
  });
  restore();
  const keeping = setInterval(keep, KEEP_MS);

  watch(
    () => [toValue(options.board), toValue(options.unit)],
    () => {
      board.value = undefined;
      panels.value = [];
      faults.value = [];
      restore();
      if (link.isUp()) void join();
    },
  );
  // what is chosen on a board: what was shown stays until the other is there
  watch(
    () => JSON.stringify(toValue(options.variables) ?? {}),
    () => {
      if (link.isUp()) void join();
    },
  );
  onScopeDispose(() => {
    quiet();
    clearInterval(keeping);
    link.close();
    connection.down();
  });
  return { board, panels, faults, result: store.result, orders, sign: link.sign };
}
