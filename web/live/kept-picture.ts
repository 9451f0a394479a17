import type { Pulse, ResolvedBoard, Snapshot } from '#api/contract.ts';
import { BUILD } from './build.ts';

/** What a wall draws: a board, its results, and how fresh they were. */
export interface Picture {
  board: ResolvedBoard;
  snapshots: Snapshot[];
  pulse: Pulse;
}

/** The last good picture of a screen, which outlives its page. */
export interface KeptPictures {
  /** The picture of a board and how old it is, in ms by the computer's clock, which may be wrong but runs; undefined when there is none. */
  read: (board: string) => (Picture & { age_ms: number }) | undefined;
  write: (picture: Picture) => void;
}

interface Kept extends Picture {
  build: string;
  /** The computer's clock when it was kept, epoch ms. Only its distance from now is used. */
  kept_at: number;
}

const KEY = 'toan-canh.picture';
const SCREEN_KEY = 'toan-canh.screen';

/** Keeps one picture in the browser's own storage. A picture of another build is not read: what it looks like may have changed. */
export function keepPictures(storage: Storage, now: () => number = Date.now): KeptPictures {
  return {
    read: (board) => {
      const kept = parse(read(storage, KEY));
      if (kept?.board.id !== board) return undefined;
      const { snapshots, pulse, kept_at } = kept;
      return { board: kept.board, snapshots, pulse, age_ms: Math.max(0, now() - kept_at) };
    },
    write: ({ board, snapshots, pulse }) => {
      const kept: Kept = { build: BUILD, kept_at: now(), board, snapshots, pulse };
      try {
        storage.setItem(KEY, JSON.stringify(kept));
      } catch {
        // full, or switched off: a wall without it is a wall that starts empty
      }
    },
  };
}

/** Notes that this browser is a screen: from its next page on it keeps what it needs to draw without the server. */
export function markScreen(storage: Storage): void {
  try {
    storage.setItem(SCREEN_KEY, '1');
  } catch {
    // switched off
  }
}

/** Whether this browser is a screen, or was one. */
export function isScreen(storage: Storage): boolean {
  return read(storage, SCREEN_KEY) !== null;
}

function read(storage: Storage, key: string): string | null {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

function parse(text: string | null): Kept | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isKept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What this very build has written is as it wrote it. */
function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'build' in value && value.build === BUILD;
}
