/** What a key asks of the desk. */
export type DeskAction =
  | { kind: 'move'; by: number; extend: boolean }
  | { kind: 'page'; by: 1 | -1 }
  | { kind: 'end'; to: 'first' | 'last' }
  | { kind: 'open' | 'mark' | 'mark_all' | 'chase' | 'slip' | 'search' | 'help' | 'back' | 'refresh' };

/** A key as it was pressed, and where. */
export interface KeyPress {
  key: string;
  shift: boolean;
  /** Ctrl, Alt or Meta: the browser's own. */
  modified: boolean;
  /** What has the focus: the list or nothing, a control with keys of its own, or a field that takes text. */
  place: 'list' | 'control' | 'text';
}

/** The keys in the order of the help: what is pressed, and the catalogue's key of what it does. */
export const KEY_HELP = [
  { keys: ['j', '↓'], does: 'down' },
  { keys: ['k', '↑'], does: 'up' },
  { keys: ['PageDown', 'PageUp'], does: 'page' },
  { keys: ['Home', 'End'], does: 'ends' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['x'], does: 'mark' },
  { keys: ['Shift + j', 'Shift + k'], does: 'extend' },
  { keys: ['a'], does: 'mark_all' },
  { keys: ['c'], does: 'chase' },
  { keys: ['s'], does: 'slip' },
  { keys: ['/'], does: 'search' },
  { keys: ['r'], does: 'refresh' },
  { keys: ['Esc'], does: 'back' },
  { keys: ['?'], does: 'help' },
] as const;

const LETTERS: Readonly<Record<string, DeskAction>> = {
  x: { kind: 'mark' },
  a: { kind: 'mark_all' },
  c: { kind: 'chase' },
  s: { kind: 'slip' },
  r: { kind: 'refresh' },
  '/': { kind: 'search' },
  '?': { kind: 'help' },
};

/** Keys that controls have uses of their own for. */
const OF_THE_LIST: Readonly<Record<string, DeskAction>> = {
  Enter: { kind: 'open' },
  PageDown: { kind: 'page', by: 1 },
  PageUp: { kind: 'page', by: -1 },
  Home: { kind: 'end', to: 'first' },
  End: { kind: 'end', to: 'last' },
};

/** What a key press asks for; undefined when it is not for the desk. */
export function deskAction({ key, shift, modified, place }: KeyPress): DeskAction | undefined {
  if (key === 'Escape') return { kind: 'back' };
  if (modified || place === 'text') return undefined;
  // with Caps Lock a letter is great without Shift and small with it
  const letter = key.toLowerCase();
  if (letter === 'j' || letter === 'k') return { kind: 'move', by: letter === 'j' ? 1 : -1, extend: shift };
  if (letter in LETTERS) return LETTERS[letter];
  if (place === 'control') return undefined;
  if (key === 'ArrowDown') return { kind: 'move', by: 1, extend: shift };
  if (key === 'ArrowUp') return { kind: 'move', by: -1, extend: shift };
  return OF_THE_LIST[key];
}

/** What has the focus, seen from the keys. */
export function placeOf(target: EventTarget | null): KeyPress['place'] {
  if (!(target instanceof HTMLElement)) return 'list';
  if (target.closest('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])'))
    return 'text';
  return target.closest('a, button, summary, input, dialog') && !target.closest('[role="grid"]') ? 'control' : 'list';
}
