import { onScopeDispose, shallowRef, toValue, watch } from 'vue';
import type { MaybeRefOrGetter, ShallowRef } from 'vue';
import type { Pulse, ResolvedBoard, Snapshot } from '#api/contract.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { useConnection } from '../stores/connection.ts';
import { createKeyStore } from './key-store.ts';
import { panelViews } from './panel-views.ts';
import type { PanelView } from './panel-views.ts';
import { openSocket } from './socket.ts';
import type { LiveSocket } from './socket.ts';

const ANSWER_MS = 10_000;
const RETRY_MS = 3_000;

export interface LiveBoard {
  board: Readonly<ShallowRef<ResolvedBoard | undefined>>;
  panels: Readonly<ShallowRef<readonly PanelView[]>>;
  /** What is wrong with the board's files while an older version is served. */
  faults: Readonly<ShallowRef<readonly FileFault[]>>;
  /** The last good result of a key. */
  result: (key: string) => Readonly<ShallowRef<Snapshot | undefined>>;
}

/** Follows a board over the socket for as long as the scope lives: joins, heals gaps and joins again after every loss. */
export function useBoard(options: { board: MaybeRefOrGetter<string>; open?: () => LiveSocket }): LiveBoard {
  const connection = useConnection();
  const store = createKeyStore();
  const board = shallowRef<ResolvedBoard>();
  const panels = shallowRef<readonly PanelView[]>([]);
  const faults = shallowRef<readonly FileFault[]>([]);
  const socket = (options.open ?? openSocket)();
  /** Keys asked for and not answered yet, so that a burst of diffs after a gap asks once. */
  const asked = new Set<string>();
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watched = 0;

  const show = (next: ResolvedBoard, snapshots: readonly Snapshot[]): void => {
    // results first: a panel that appears finds its rows
    store.take(snapshots);
    board.value = next;
    const views = panelViews(next, panels.value);
    const same = views.length === panels.value.length && views.every((view, index) => view === panels.value[index]);
    if (!same) panels.value = views;
    store.keep(views.flatMap((view) => Object.values(view.keys)));
  };

  const ask = (keys: readonly string[]): void => {
    const wanted = keys.filter((key) => !asked.has(key));
    if (wanted.length === 0 || !socket.connected) return;
    for (const key of wanted) asked.add(key);
    socket.timeout(ANSWER_MS).emit('key:snapshot', { keys: wanted }, (late: Error | null, reply) => {
      for (const key of wanted) asked.delete(key);
      if (!late && reply.ok) store.take(reply.value);
    });
  };

  const hear = (pulse: Pulse): void => {
    connection.heard(pulse);
    // a moment's grace: a diff of this very tick may still be on its way
    const behind = store.behind(pulse.seqs);
    if (behind.length > 0) setTimeout(() => ask(store.behind(pulse.seqs).filter((key) => behind.includes(key))), 300);
  };

  const join = (): void => {
    clearTimeout(retry);
    const turn = ++watched;
    socket.timeout(ANSWER_MS).emit('board:watch', { board: toValue(options.board) }, (late: Error | null, reply) => {
      if (turn !== watched) return; // the viewer went on to another board, or the socket broke again
      if (late || !reply.ok) {
        if (!late && !reply.ok) connection.refused(reply.failure);
        retry = setTimeout(join, RETRY_MS);
        return;
      }
      connection.refused(null);
      asked.clear();
      show(reply.value.board, reply.value.snapshots);
      hear(reply.value.pulse);
    });
  };

  socket.on('connect', () => {
    connection.up();
    join();
  });
  socket.on('disconnect', (reason) => {
    clearTimeout(retry);
    watched += 1;
    connection.down();
    // socket.io comes back by itself except when the server closed on purpose, as it does when it restarts in order
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 500);
  });
  socket.on('pulse', hear);
  socket.on('key:snapshot', (snapshot) => store.take([snapshot]));
  socket.on('key:diff', (diff) => {
    const gap = store.apply(diff);
    if (gap !== undefined) ask([gap]);
  });
  socket.on('board:changed', (change) => show(change.board, change.snapshots));
  socket.on('board:fault', (next) => (faults.value = next));

  watch(
    () => toValue(options.board),
    () => {
      board.value = undefined;
      panels.value = [];
      faults.value = [];
      if (socket.connected) join();
    },
  );
  onScopeDispose(() => {
    clearTimeout(retry);
    watched += 1;
    socket.removeAllListeners();
    socket.disconnect();
    connection.down();
  });
  return { board, panels, faults, result: store.result };
}
