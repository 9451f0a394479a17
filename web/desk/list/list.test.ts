import { effectScope, nextTick, shallowRef } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settle } from '../../test-mount.ts';
import { dossier, page } from '../test-dossiers.ts';
import { useDossierPages } from './use-dossier-pages.ts';
import { useSelection } from './use-selection.ts';

describe('where one stands in the list', () => {
  const open = (list: string[]) => {
    const ids = shallowRef<readonly string[]>(list);
    const scope = effectScope();
    const selection = scope.run(() => useSelection(ids));
    if (!selection) throw new Error('no scope');
    return { ids, selection, stop: () => scope.stop() };
  };

  it('stays within the list', () => {
    const { selection, stop } = open(['a', 'b', 'c']);
    selection.moveTo(-4);
    expect(selection.current.value).toBe('a');
    selection.moveTo(9);
    expect(selection.current.value).toBe('c');
    stop();
  });

  it('follows its row when the list changes, and takes the place of one that left', async () => {
    const { ids, selection, stop } = open(['a', 'b', 'c']);
    selection.moveTo(1);
    ids.value = ['z', 'a', 'b', 'c'];
    await nextTick();
    expect(selection.current.value).toBe('b');
    ids.value = ['z', 'a', 'c'];
    await nextTick();
    expect(selection.current.value).toBe('c');
    ids.value = [];
    await nextTick();
    expect(selection.current.value).toBeUndefined();
    stop();
  });

  it('marks the rows that it is dragged over, and forgets marks of rows that left', async () => {
    const { ids, selection, stop } = open(['a', 'b', 'c', 'd']);
    selection.moveTo(1);
    selection.moveTo(2, true);
    selection.moveTo(3, true);
    expect([...selection.marked.value]).toEqual(['b', 'c', 'd']);
    selection.toggle('c');
    ids.value = ['a', 'b', 'c'];
    await nextTick();
    expect([...selection.marked.value]).toEqual(['b']);
    selection.toggleAll();
    expect(selection.marked.value.size).toBe(3);
    selection.toggleAll();
    expect(selection.marked.value.size).toBe(0);
    stop();
  });
});

describe('a list that grows page by page', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('appends the next page, each dossier once, and keeps its place meanwhile', async () => {
    vi.stubGlobal('fetch', (url: string) =>
      Promise.resolve(
        Response.json(
          url.includes('after')
            ? page([dossier('b'), dossier('c')], { count: 3 })
            : page([dossier('a'), dossier('b')], { count: 3, next: 'n' }),
        ),
      ),
    );
    const scope = effectScope();
    const list = scope.run(() =>
      useDossierPages({ url: (after) => (after ? `/l?after=${after}` : '/l'), every_ms: undefined }),
    );
    await settle();
    expect(list?.hasMore.value).toBe(true);
    await list?.more();
    expect(list?.rows.value.map((row) => row.dossier_id)).toEqual(['a', 'b', 'c']);
    expect(list?.hasMore.value).toBe(false);
    expect(list?.page.value?.count).toBe(3);
    scope.stop();
  });

  it('keeps what it shows when asking again fails', async () => {
    let isUp = true;
    vi.stubGlobal('fetch', () =>
      isUp ? Promise.resolve(Response.json(page([dossier('a')]))) : Promise.reject(new TypeError('network')),
    );
    const scope = effectScope();
    const list = scope.run(() => useDossierPages({ url: () => '/l', every_ms: undefined }));
    await settle();
    isUp = false;
    await list?.refresh();
    expect(list?.status.value).toBe('error');
    expect(list?.rows.value).toHaveLength(1);
    scope.stop();
  });
});
