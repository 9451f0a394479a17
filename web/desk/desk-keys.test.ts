import { describe, expect, it } from 'vitest';
import { deskAction, KEY_HELP, placeOf } from './desk-keys.ts';

const press = (key: string, more: Partial<Parameters<typeof deskAction>[0]> = {}) =>
  deskAction({ key, shift: false, modified: false, place: 'list', ...more });

describe('the keys of the desk', () => {
  it('move, extend, page and go to the ends', () => {
    expect(press('j')).toEqual({ kind: 'move', by: 1, extend: false });
    expect(press('K', { shift: true })).toEqual({ kind: 'move', by: -1, extend: true });
    expect(press('j', { shift: true })).toEqual({ kind: 'move', by: 1, extend: true });
    expect(press('J')).toEqual({ kind: 'move', by: 1, extend: false });
    expect(press('ArrowDown', { shift: true })).toEqual({ kind: 'move', by: 1, extend: true });
    expect(press('PageUp')).toEqual({ kind: 'page', by: -1 });
    expect(press('End')).toEqual({ kind: 'end', to: 'last' });
  });

  it('are left to whoever types, but for Escape', () => {
    expect(press('j', { place: 'text' })).toBeUndefined();
    expect(press('/', { place: 'text' })).toBeUndefined();
    expect(press('Escape', { place: 'text' })).toEqual({ kind: 'back' });
  });

  it('leave Enter and the arrows to buttons and links, and all that is modified to the browser', () => {
    expect(press('Enter', { place: 'control' })).toBeUndefined();
    expect(press('ArrowDown', { place: 'control' })).toBeUndefined();
    expect(press('c', { place: 'control' })).toEqual({ kind: 'chase' });
    expect(press('c', { modified: true })).toBeUndefined();
  });

  it('are all in the help', () => {
    const single: string[] = KEY_HELP.flatMap((each) => [...each.keys]);
    for (const key of ['j', 'k', 'x', 'a', 'c', 'r', '/', '?', 'Enter', 'Home', 'End', 'PageDown', 'PageUp'])
      expect(single).toContain(key);
  });

  it('know what has the focus', () => {
    document.body.innerHTML =
      '<input type="search"><input type="checkbox"><button></button><i></i><a role="grid"><b></b></a>';
    const found = ['input[type=search]', 'input[type=checkbox]', 'button', 'i', 'b'].map((each) =>
      placeOf(document.querySelector(each)),
    );
    expect(found).toEqual(['text', 'control', 'control', 'list', 'list']);
    document.body.innerHTML = '';
  });
});
