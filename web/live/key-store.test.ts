// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';
import { nextTick, watch } from 'vue';
import type { Diff, Snapshot } from '#api/contract.ts';
import { createKeyStore } from './key-store.ts';

function snapshot(key: string, seq: number, value = 1): Snapshot {
  return { key, columns: ['value'], rows: [[value]], seq, at: 0, query_ms: 1, failure: null };
}
function diff(key: string, seq: number, value: number): Diff {
  return { key, seq, at: 0, query_ms: 1, failure: null, length: 1, set: [[0, [value]]] };
}

describe('the results of a board', () => {
  it('change by diffs in order, and name the key after a gap', () => {
    const store = createKeyStore();
    store.take([snapshot('a', 1)]);
    expect(store.apply(diff('a', 2, 5))).toBeUndefined();
    expect(store.result('a').value?.rows).toEqual([[5]]);
    expect(store.apply(diff('a', 4, 6))).toBe('a');
    expect(store.result('a').value?.rows).toEqual([[5]]);
  });

  it('are replaced by a snapshot even when a restarted server counts from the beginning', () => {
    const store = createKeyStore();
    store.take([snapshot('a', 90)]);
    store.take([snapshot('a', 1, 7)]);
    expect(store.apply(diff('a', 2, 8))).toBeUndefined();
    expect(store.result('a').value?.rows).toEqual([[8]]);
  });

  it('tell which of them are behind the server', () => {
    const store = createKeyStore();
    store.take([snapshot('a', 3), snapshot('b', 3)]);
    expect(store.behind({ a: 3, b: 4, other: 9 })).toEqual(['b']);
  });

  it('wake only those who draw the key that changed', async () => {
    const store = createKeyStore();
    store.take([snapshot('a', 1), snapshot('b', 1)]);
    const [drawA, drawB] = [vi.fn(), vi.fn()];
    watch(store.result('a'), drawA);
    watch(store.result('b'), drawB);
    store.apply(diff('b', 2, 5));
    await nextTick();
    expect(drawA).not.toHaveBeenCalled();
    expect(drawB).toHaveBeenCalledOnce();
  });

  it('are forgotten when no panel uses them', () => {
    const store = createKeyStore();
    store.take([snapshot('a', 1), snapshot('b', 1)]);
    store.keep(['a']);
    expect(store.apply(diff('b', 9, 1))).toBeUndefined();
    expect(store.behind({ b: 9 })).toEqual([]);
  });
});
