import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import type { EffectScope } from 'vue';
import { keepDrafts } from './kept-draft.ts';
import { useDraft } from './use-draft.ts';
import type { Draft } from './use-draft.ts';

const kept = keepDrafts(localStorage);
const file = ref<string>();
let scope: EffectScope;

function begin(): Draft {
  scope = effectScope();
  const draft = scope.run(() => useDraft({ id: 'thu', file, kept }));
  if (!draft) throw new Error('the scope did not run');
  return draft;
}

describe('a draft', () => {
  beforeEach(() => {
    localStorage.clear();
    file.value = 'a: 1\n';
  });

  afterEach(() => scope.stop());

  it('follows its file while nothing is changed', async () => {
    const draft = begin();
    expect(draft.text.value).toBe('a: 1\n');
    file.value = 'a: 2\n';
    await nextTick();
    expect(draft.text.value).toBe('a: 2\n');
    expect([draft.isChanged.value, draft.hasMoved.value]).toEqual([false, false]);
  });

  it('survives a reload, and tells when the file has changed since it was begun', async () => {
    begin().text.value = 'mine';
    await nextTick();
    scope.stop();
    file.value = undefined;
    const again = begin();
    expect(again.text.value).toBeUndefined();
    file.value = 'a: 2\n';
    await nextTick();
    expect(again.text.value).toBe('mine');
    expect([again.isChanged.value, again.hasMoved.value]).toEqual([true, true]);
    again.keep();
    expect(again.hasMoved.value).toBe(false);
    again.discard();
    await nextTick();
    expect(again.text.value).toBe('a: 2\n');
    expect(kept.read('thu')).toBeUndefined();
  });

  it('is no draft any more once it was put where it belongs', async () => {
    const draft = begin();
    draft.text.value = 'mine';
    await nextTick();
    file.value = 'mine';
    await nextTick();
    expect([draft.isChanged.value, draft.hasMoved.value, draft.isUnsaved.value]).toEqual([false, false, false]);
    expect(kept.read('thu')).toBeUndefined();
  });

  it('is missed until it is downloaded, and again when it is changed after', () => {
    const draft = begin();
    draft.text.value = 'mine';
    expect(draft.isUnsaved.value).toBe(true);
    draft.saved();
    expect(draft.isUnsaved.value).toBe(false);
    draft.text.value = 'mine, too';
    expect(draft.isUnsaved.value).toBe(true);
  });

  it('says so where the browser has no room for it', async () => {
    const full = { ...kept, write: () => false };
    scope = effectScope();
    const draft = scope.run(() => useDraft({ id: 'thu', file, kept: full }));
    if (draft) draft.text.value = 'mine';
    await nextTick();
    expect(draft?.isUnkept.value).toBe(true);
  });
});
