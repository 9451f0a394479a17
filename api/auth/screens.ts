import type { AuthEvent } from './auth-event.ts';
import { CODE_MS, type ScreenLimits } from './screen-rules.ts';

/** A browser that shows a code and waits for somebody to confirm it. */
export interface Asking {
  id: string;
  code: string;
  digest: string;
  address: string;
  agent: string;
  /** The screen that the browser had been; undefined for a new one. */
  was: string | undefined;
  /** The board that its page was opened at; undefined where it named none. */
  board: string | undefined;
  at: number;
}

/** A screen on a wall. Instants are epoch ms. */
export interface Screen {
  id: string;
  shown: string;
  /** Code of the unit whose figures it may show; null is the whole province. */
  unit: string | null;
  board: string;
  /** What of its browser's name stays the same. */
  agent: string;
  /** Where it was enrolled from. */
  address: string;
  enrolled_at: number;
  enrolled_by: string;
  /** Of the asking that it was enrolled for. */
  asking: string;
  /** Digests of its secrets: the steady one, the one in use, one handed out since `at` and not settled yet, and the one before, replaced at `at`. */
  anchor: string | undefined;
  current: string | undefined;
  next: { digest: string; at: number } | undefined;
  before: { digest: string; at: number } | undefined;
  renewed_at: number;
  /** Since when it is switched off on purpose; null while it is not. */
  off_at: number | null;
  message: { text: string; until: number } | null;
  /** When it was last told to load its page anew; 0 for never. */
  reload_at: number;
  revoked: { at: number; by: string; reason: 'administrator' | 'copied' | 'other_browser' } | undefined;
}

/** What a screen shows at the door is worth: it is known, it was known, or it never was. */
export type Standing =
  | { is: 'known'; screen: Screen; by: 'current' | 'next' | 'before' }
  | { is: 'revoked' | 'expired' | 'copied' | 'other_browser'; screen: Screen }
  | { is: 'unknown' };

/** What a browser shows: the digests of its two secrets, and what of its name stays the same. */
export interface Shown {
  anchor: string;
  digest: string;
  agent: string;
}

/** The screens and those that ask to be one: a fold over their events. */
export interface Screens {
  all: ReadonlyMap<string, Screen>;
  /** The asking whose code this is; undefined when it has lapsed at `now`. */
  askingOf: (code: string, now: number) => Asking | undefined;
  askingBy: (digest: string) => Asking | undefined;
  /** How many from an address show a code at `now`. */
  countAsking: (address: string, now: number) => number;
  /** The screen that was enrolled for an asking. */
  enrolledFor: (asking: string) => Screen | undefined;
  /** What two digests and the steady part of a browser's name are worth at `now`. */
  standing: (shown: Shown, now: number, limits: ScreenLimits) => Standing;
  /** Takes in an event; others than a screen's change nothing. */
  take: (event: AuthEvent) => void;
}

/** No screens. Pure: no clock, no I/O. */
export function createScreens(): Screens {
  const all = new Map<string, Screen>();
  const asking = new Map<string, Asking>();
  const byAnchor = new Map<string, string>();
  const change = (id: string, fields: Partial<Screen>): void => {
    const screen = all.get(id);
    if (screen) all.set(id, { ...screen, ...fields });
  };

  const take = (event: AuthEvent): void => {
    const { subject: id, at } = event;
    const screen = all.get(id);
    switch (event.type) {
      case 'screen.asked':
        for (const [old, { at: asked }] of asking) if (at - asked > 2 * CODE_MS) asking.delete(old);
        asking.set(id, { ...event.data, was: event.data.was, board: event.data.board, id, at });
        return;
      case 'screen.enrolled':
        // a screen that is enrolled again is the same screen, with nothing of its old token
        all.set(id, {
          ...{ ...event.data, id, enrolled_at: at, enrolled_by: event.actor, renewed_at: at },
          ...{ anchor: undefined, current: undefined, next: undefined, before: undefined },
          ...{ off_at: null, message: null, reload_at: 0, revoked: undefined },
        });
        return;
      case 'screen.renewed':
        if (!screen) return;
        byAnchor.set(event.data.anchor, id);
        change(id, { anchor: event.data.anchor, next: { digest: event.data.digest, at } });
        return;
      case 'screen.rotated': {
        const { digest, before } = event.data;
        change(id, {
          current: digest,
          next: screen?.next?.digest === digest ? undefined : screen?.next,
          before: before === null ? undefined : { digest: before, at },
          renewed_at: at,
        });
        return;
      }
      case 'screen.changed':
        if (screen)
          change(id, {
            shown: event.data.shown ?? screen.shown,
            board: event.data.board ?? screen.board,
            off_at: offAt(screen, event.data.off, at),
          });
        return;
      case 'screen.told':
        change(id, { message: event.data.message });
        return;
      case 'screen.reloaded':
        change(id, { reload_at: at });
        return;
      case 'screen.revoked':
        if (!screen?.revoked) change(id, { revoked: { at, by: event.actor, reason: event.data.reason } });
        return;
      default:
    }
  };

  return {
    all,
    take,
    askingOf: (code, now) => [...asking.values()].find((one) => one.code === code && now - one.at < CODE_MS),
    askingBy: (digest) => [...asking.values()].find((one) => one.digest === digest),
    countAsking: (address, now) =>
      [...asking.values()].filter((one) => one.address === address && now - one.at < CODE_MS).length,
    enrolledFor: (id) => [...all.values()].find((screen) => screen.asking === id),
    standing: ({ anchor, digest, agent }, now, limits) => {
      const screen = all.get(byAnchor.get(anchor) ?? '');
      if (screen?.anchor !== anchor) return { is: 'unknown' };
      if (screen.revoked) return { is: 'revoked', screen };
      const by = secretOf(screen, digest, now, limits);
      if (!by) return { is: 'copied', screen };
      if (agent !== screen.agent) return { is: 'other_browser', screen };
      if (now - screen.renewed_at >= limits.life_ms) return { is: 'expired', screen };
      return { is: 'known', screen, by };
    },
  };
}

/** Which of its secrets a digest is; undefined for one that is out of use. */
function secretOf(
  { current, next, before }: Screen,
  digest: string,
  now: number,
  { grace_ms }: ScreenLimits,
): 'current' | 'next' | 'before' | undefined {
  if (digest === current) return 'current';
  if (digest === next?.digest) return 'next';
  return digest === before?.digest && now - before.at < grace_ms ? 'before' : undefined;
}

function offAt({ off_at }: Screen, off: boolean | undefined, at: number): number | null {
  if (off === undefined) return off_at;
  return off ? (off_at ?? at) : null;
}
