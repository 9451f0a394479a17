import { randomInt } from 'node:crypto';

/** How long a code may be confirmed. */
export const CODE_MS = 10 * 60_000;
/** Screens that may show a code at once from one address: many walls stand behind one router. */
export const MOST_ASKING = 50;

/** How a screen's token lives, in milliseconds. */
export interface ScreenLimits {
  /** Without being renewed. Browsers keep no cookie longer than 400 days. */
  life_ms: number;
  /** Age at which the secret is replaced. */
  rotate_ms: number;
  /** How long a new secret is out before its use ends the one before: by then the browser has written it to its disk, so that a cut of power loses nothing. */
  settle_ms: number;
  /** How long the one before is still good after that: two requests may cross. */
  grace_ms: number;
  /** How long before a secret out of use is called a copy: another process may have issued it a moment ago. */
  judge_ms: number;
}
export const SCREEN_LIMITS: ScreenLimits = {
  life_ms: 400 * 86_400_000,
  rotate_ms: 3_600_000,
  settle_ms: 60_000,
  grace_ms: 60_000,
  judge_ms: 3_000,
};

/** Letters and digits that nobody takes for another across a room: no 0 O Q D, 1 I L, 2 Z, 5 S, 8 B, U V. */
const SYMBOLS = '34679ACEFHJKMNPRTWXY';
const LENGTH = 6;

/** A code to be read from a screen and typed: one of 64 million. */
export function makeCode(): string {
  return Array.from({ length: LENGTH }, () => SYMBOLS[randomInt(SYMBOLS.length)]).join('');
}

/** A code as it was typed: in whatever case, with spaces and dashes. */
export function readCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '');
}

/** What of a browser's name stays the same when it is updated: everything but its numbers. */
export function steadyAgent(agent: string | undefined): string {
  return (agent ?? '').replaceAll(/[\d._]+/g, '').slice(0, 256);
}
