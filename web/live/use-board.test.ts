import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import type { EffectScope } from 'vue';
import type { Pulse, ResolvedBoard, Snapshot } from '#api/contract.ts';
import { useConnection } from '../stores/connection.ts';
import { testBoard, testSnapshot } from '../test-board.ts';
import type { Link, LinkHandlers } from './socket.ts';
import { keepPictures } from './kept-picture.ts';
import { useBoard } from './use-board.ts';
import type { LiveBoard } from './use-board.ts';

const value = (seq: number, figure: number): Snapshot => testSnapshot('k-received', ['value'], [[figure]], { seq });

interface PlayedServer {
  handlers: LinkHandlers | undefined;
  isUp: boolean;
  board: ResolvedBoard;
  snapshots: Snapshot[];
  refuses: boolean;
  closed: boolean;
  asked: string[][];
  watched: { unit: string | undefined; variables: Readonly<Record<string, string>> | undefined }[];
}

/** A server that the test plays: it answers with what is set here. */
function createServer() {
  const server: PlayedServer = {
    handlers: undefined,
    isUp: false,
    board: testBoard(),
    snapshots: [value(1, 10)],
    refuses: false,
    closed: false,
    asked: [],
    watched: [],
  };
  const pulse = (seqs: Record<string, number>): Pulse => ({ now: 1_800_000_000_000, seqs, sources: [], failure: null });
  const open = (handlers: LinkHandlers): Link => {
    server.handlers = handlers;
    return {
      isUp: () => server.isUp,
      watch: (_board, unit, variables) => {
        server.watched.push({ unit, variables });
        if (server.refuses)
          return Promise.resolve({ ok: false, failure: { code: 'IOC_BOARD_UNKNOWN', message: 'no' } });
        const { board, snapshots } = server;
        return Promise.resolve({ ok: true, value: { board, snapshots, pulse: pulse({}) } });
      },
      preview: () => Promise.resolve({ ok: false, failure: null }),
      snapshots: (keys) => {
        server.asked.push([...keys]);
        return Promise.resolve({ ok: true, value: server.snapshots });
      },
      sign: () => undefined,
      close: () => (server.closed = true),
    };
  };
  const up = async (): Promise<void> => {
    server.isUp = true;
    server.handlers?.up();
    await vi.advanceTimersByTimeAsync(0);
  };
  const down = (): void => {
    server.isUp = false;
    server.handlers?.down();
  };
  return { server, open, up, down, pulse };
}

describe('a followed board', () => {
  let scope: EffectScope;
  let play: ReturnType<typeof createServer>;
  let live: LiveBoard;
  const figure = (): unknown => live.result('k-received').value?.rows[0]?.[0];

  beforeEach(() => {
    vi.useFakeTimers();
    setActivePinia(createPinia());
    play = createServer();
    scope = effectScope();
    const made = scope.run(() => useBoard({ board: 'thu', open: play.open }));
    if (!made) throw new Error('the scope did not run');
    live = made;
  });
  afterEach(() => {
    scope.stop();
    vi.useRealTimers();
  });

  it('shows its panels and rows once joined', async () => {
    expect(live.panels.value).toEqual([]);
    await play.up();
    expect(live.panels.value.map((view) => view.id)).toEqual(['received', 'flow']);
    expect(figure()).toBe(10);
  });

  it('keeps its last rows through a loss and heals them by joining again', async () => {
    await play.up();
    play.down();
    expect(figure()).toBe(10);
    expect(useConnection().connected).toBe(false);
    play.server.snapshots = [value(1, 55)];
    await play.up();
    expect(figure()).toBe(55);
  });

  it('joins again when something else is chosen, and shows what it showed until that is there', async () => {
    const said = ref<Record<string, string>>({});
    const other = scope.run(() => useBoard({ board: 'thu', variables: said, open: play.open }));
    await play.up();
    play.server.watched = [];
    said.value = { period: '7' };
    await nextTick();
    expect(other?.panels.value).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(play.server.watched).toEqual([{ unit: undefined, variables: { period: '7' } }]);
    said.value = { period: '7' };
    await vi.advanceTimersByTimeAsync(0);
    expect(play.server.watched).toHaveLength(1);
  });

  it('keeps the last good rows when a server that has just started has none', async () => {
    await play.up();
    play.server.snapshots = [{ ...value(1, 0), rows: [], failure: { code: 'IOC_STORE_AWAY', message: '' } }];
    await play.up();
    expect(figure()).toBe(10);
    expect(live.result('k-received').value?.failure?.code).toBe('IOC_STORE_AWAY');
  });

  it('keeps its picture where it is a screen, and draws it again before the server is there', async () => {
    localStorage.clear();
    let now = 1_000_000;
    const kept = keepPictures(localStorage, () => now);
    const open = (): LiveBoard | undefined => scope.run(() => useBoard({ board: 'thu', open: play.open, kept }));
    open();
    await play.up();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(kept.read('thu')).toBeUndefined();
    play.server.handlers?.orders({ id: 'm', shown: 'Sảnh', board: 'thu', message: null, reload_at: 0 });
    play.down();
    await play.up();
    await vi.advanceTimersByTimeAsync(4_000);
    now += 600_000;
    setActivePinia(createPinia());
    const again = open();
    expect(again?.result('k-received').value?.rows).toEqual([[10]]);
    expect(useConnection().silentMs).toBeGreaterThanOrEqual(600_000);
    expect(kept.read('khac')).toBeUndefined();
  });

  it('asks for the whole result after a gap, once', async () => {
    await play.up();
    play.server.snapshots = [value(9, 99)];
    const diff = { key: 'k-received', at: 0, query_ms: 1, failure: null, length: 1, set: [] };
    play.server.handlers?.diff({ ...diff, seq: 5 });
    play.server.handlers?.diff({ ...diff, seq: 6 });
    await vi.advanceTimersByTimeAsync(0);
    expect(play.server.asked).toEqual([['k-received']]);
    expect(figure()).toBe(99);
  });

  it('notices by a pulse that the last message was lost', async () => {
    await play.up();
    play.server.snapshots = [value(2, 12)];
    play.server.handlers?.pulse(play.pulse({ 'k-received': 2 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(play.server.asked).toEqual([['k-received']]);
    expect(figure()).toBe(12);
  });

  it('leaves alone what a diff brings just after the pulse', async () => {
    await play.up();
    play.server.handlers?.pulse(play.pulse({ 'k-received': 2 }));
    play.server.handlers?.snapshot(value(2, 12));
    await vi.advanceTimersByTimeAsync(500);
    expect(play.server.asked).toEqual([]);
  });

  it('changes only the panel that changed in the file', async () => {
    await play.up();
    const [received, flow] = live.panels.value;
    const board = testBoard();
    if (board.board.panels.received) board.board.panels.received.title = { vi: 'Mới', en: 'New' };
    play.server.handlers?.changed({ board, snapshots: [] });
    expect(live.panels.value[0]).not.toBe(received);
    expect(live.panels.value[1]).toBe(flow);
    expect(figure()).toBe(10);
  });

  it('says why it was refused and tries again', async () => {
    play.server.refuses = true;
    await play.up();
    expect(useConnection().refusal?.code).toBe('IOC_BOARD_UNKNOWN');
    play.server.refuses = false;
    await vi.advanceTimersByTimeAsync(3_500);
    expect(useConnection().refusal).toBeNull();
    expect(figure()).toBe(10);
  });

  it('holds nothing open after its page is left', async () => {
    await play.up();
    scope.stop();
    expect(play.server.closed).toBe(true);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(1); // the clock of the page ticks on
  });
});
