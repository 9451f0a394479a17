import { IocError } from '../errors.ts';

/** Slows down those who guess passwords. */
export interface Throttle {
  /** Throws `IOC_TOO_MANY` while any of these names has to wait. */
  check: (names: readonly string[]) => void;
  /** Notes an attempt that failed. */
  failed: (names: readonly string[]) => void;
  /** Forgets the failures of a name: its owner has come. */
  passed: (name: string) => void;
}

/** Failures that cost nothing: people mistype. */
const FREE = 5;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;
/** Most names that are remembered; the oldest is forgotten first. */
const MOST = 10_000;

/**
 * Counts failures by account name and by address; from the sixth on each wait is twice as long as the one before, up to a quarter of an hour.
 * A name that nobody has is counted like any other, so waiting tells nothing. `now` is epoch ms.
 */
export function createThrottle(now: () => number = Date.now): Throttle {
  const failures = new Map<string, { count: number; until: number }>();
  return {
    check: (names) => {
      for (const name of names) {
        const wait_ms = (failures.get(name)?.until ?? 0) - now();
        if (wait_ms > 0) throw new IocError('IOC_TOO_MANY', `in ${Math.ceil(wait_ms / 1000)} s`);
      }
    },
    failed: (names) => {
      for (const name of names) {
        const count = (failures.get(name)?.count ?? 0) + 1;
        const wait_ms = count <= FREE ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - FREE - 1));
        failures.delete(name);
        failures.set(name, { count, until: now() + wait_ms });
        const [oldest] = failures.keys();
        if (failures.size > MOST && oldest !== undefined) failures.delete(oldest);
      }
    },
    passed: (name) => void failures.delete(name),
  };
}
