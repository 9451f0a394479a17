import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import { defineComponent, h } from 'vue';
import { createFormats } from '../format/format.ts';
import { listUrl, readFilter, summaryUrl, writeFilter } from './desk-query.ts';
import { dueView } from './due-words.ts';
import { useRowKeys } from './use-row-keys.ts';

describe('the filter of the desk', () => {
  it('is read from the address, and is overdue dossiers of all units without one', () => {
    expect(readFilter({})).toEqual({ unit: undefined, state: 'overdue', after: undefined });
    expect(readFilter({ unit: 'H49.12', state: 'due_soon', after: 'x' })).toEqual({
      unit: 'H49.12',
      state: 'due_soon',
      after: 'x',
    });
    expect(readFilter({ state: ['paused', 'open'], unit: '' })).toEqual({
      unit: undefined,
      state: 'paused',
      after: undefined,
    });
    expect(readFilter({ state: 'nonsense' }).state).toBe('overdue');
  });
  it('is written back with what else the address says', () =>
    expect(writeFilter({ unit: 'H49.12', state: 'open', after: undefined }, { theme: 'dark', after: 'x' })).toEqual({
      theme: 'dark',
      unit: 'H49.12',
      state: 'open',
      after: undefined,
    }));
  it('makes the request of a page and of its counts', () => {
    expect(listUrl({ unit: 'H49.12', state: 'overdue', after: 'a b' })).toBe(
      '/api/dossiers?state=overdue&limit=100&unit=H49.12&after=a+b',
    );
    expect(summaryUrl({ unit: undefined })).toBe('/api/dossiers/summary');
    expect(summaryUrl({ unit: 'H49.12' })).toBe('/api/dossiers/summary?unit=H49.12');
  });
});

describe('a promise', () => {
  const NOW = 1_800_000_000_000;
  const HOUR = 3_600_000;
  const formats = createFormats('vi', 'Asia/Ho_Chi_Minh');
  it.each([
    [
      { due_at: NOW - 3 * HOUR, status: 4 },
      { mood: 'late', span: '3 giờ' },
    ],
    [
      { due_at: NOW + 3 * HOUR, status: 2 },
      { mood: 'soon', span: '3 giờ' },
    ],
    [
      { due_at: NOW + 72 * HOUR, status: 4 },
      { mood: 'calm', span: '3 ngày' },
    ],
    [
      { due_at: null, status: 4 },
      { mood: 'none', span: null },
    ],
    // paused and ended dossiers are not late
    [
      { due_at: NOW - HOUR, status: 5 },
      { mood: 'none', span: null },
    ],
    [
      { due_at: NOW - HOUR, status: 9 },
      { mood: 'none', span: null },
    ],
  ])('%o stands so', (dossier, view) => expect(dueView(dossier, NOW, formats)).toEqual(view));
});

describe('keys of the desk', () => {
  function open(ids: string[]) {
    let keys: ReturnType<typeof useRowKeys> | undefined;
    const page = mount(
      defineComponent({
        setup: () => {
          keys = useRowKeys({ ids });
          return () => h('input');
        },
      }),
      { attachTo: document.body },
    );
    const press = (key: string, target: EventTarget = document.body): void => {
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    };
    if (!keys) throw new Error('not set up');
    return { keys, press, page };
  }

  it('move through the rows, open and close', () => {
    const { keys, press, page } = open(['a', 'b', 'c']);
    press('j');
    press('ArrowDown');
    expect(keys.chosen.value).toBe('b');
    press('k');
    expect(keys.chosen.value).toBe('a');
    press('ArrowUp');
    expect(keys.chosen.value).toBe('a');
    press('Enter');
    expect(keys.isOpen.value).toBe(true);
    press('Escape');
    expect(keys.isOpen.value).toBe(false);
    page.unmount();
  });

  it('are left to whoever types', () => {
    const { keys, press, page } = open(['a']);
    press('j', page.element);
    expect(keys.chosen.value).toBeUndefined();
    page.unmount();
  });

  it('choose the row in the place of one that left the list', () => {
    const ids = ['a', 'b', 'c'];
    const { keys, press, page } = open(ids);
    press('j');
    press('j');
    ids.splice(1, 1);
    press('j');
    expect(keys.chosen.value).toBe('c');
    page.unmount();
  });
});
