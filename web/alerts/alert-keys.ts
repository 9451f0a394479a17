import { deskAction } from '../desk/desk-keys.ts';
import type { DeskAction, KeyPress } from '../desk/desk-keys.ts';

/** What the inbox does about the alerts that are meant. Some ask for more in a dialog first. */
export const ALERT_DOINGS = ['acknowledge', 'take', 'assign', 'comment', 'shelve', 'close'] as const;
export type AlertDoing = (typeof ALERT_DOINGS)[number];

/** The letter of each, after its Vietnamese word: Nhận, (cho) Tôi, Giao, Bình luận, Hoãn, Đóng. */
export const DOING_KEYS: Readonly<Record<AlertDoing, string>> = {
  acknowledge: 'n',
  take: 't',
  assign: 'g',
  comment: 'b',
  shelve: 'h',
  close: 'd',
};

/** What a key asks of the inbox. */
export type AlertAction =
  Exclude<DeskAction, { kind: 'chase' | 'slip' }> | { kind: 'do'; doing: AlertDoing } | { kind: 'undo' };

/** What a key press asks for; undefined when it is not for the inbox. Moving, marking and opening are as on the desk. */
export function alertAction(press: KeyPress): AlertAction | undefined {
  if (!press.modified && press.place !== 'text') {
    const letter = press.key.toLowerCase();
    const doing = ALERT_DOINGS.find((each) => DOING_KEYS[each] === letter);
    if (doing) return { kind: 'do', doing };
    if (letter === 'u') return { kind: 'undo' };
    if (letter === 'c' || letter === 's') return undefined;
  }
  const action = deskAction(press);
  if (action === undefined || 'extend' in action || 'by' in action || 'to' in action) return action;
  const { kind } = action;
  return kind === 'chase' || kind === 'slip' ? undefined : { kind };
}

/** The keys in the order of the help: what is pressed, and the catalogue's key of what it does. */
export const ALERT_KEY_HELP: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['j', '↓'], does: 'alerts.key.down' },
  { keys: ['k', '↑'], does: 'alerts.key.up' },
  { keys: ['Enter'], does: 'alerts.key.open' },
  { keys: ['x'], does: 'alerts.key.mark' },
  { keys: ['Shift + j', 'Shift + k'], does: 'alerts.key.extend' },
  { keys: ['a'], does: 'alerts.key.mark_all' },
  ...ALERT_DOINGS.map((doing) => ({ keys: [DOING_KEYS[doing]], does: `alerts.do.${doing}` })),
  { keys: ['u'], does: 'alerts.undo' },
  { keys: ['/'], does: 'alerts.key.search' },
  { keys: ['r'], does: 'alerts.key.refresh' },
  { keys: ['Esc'], does: 'alerts.key.back' },
  { keys: ['?'], does: 'alerts.key.help' },
];
