import { IocError } from '../errors.ts';

/** A try at something secret: what is tried (an account's name, whether there is one or not), and from where. */
export interface Attempt {
  what: string;
  address: string;
}

/** Slows down those who guess passwords. */
export interface Throttle {
  /** Throws `IOC_TOO_MANY`, with the seconds to wait, while this may not be tried. */
  check: (attempt: Attempt) => void;
  /** Notes an attempt that failed. */
  failed: (attempt: Attempt) => void;
  /** Forgets the failures of somebody at their own address: its owner has come. */
  passed: (attempt: Attempt) => void;
}

/** Failures at one account from one address that cost nothing: people mistype. */
const FREE = 5;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;
/** Failures of all accounts from one address within `WINDOW_MS`: a whole office may sit behind it. */
const ADDRESS_MOST = 60;
const WINDOW_MS = 10 * 60_000;
/** Most of each that are remembered; the oldest is forgotten first. */
const MOST = 10_000;

/**
 * Counts failures by account and address together, and by address. At one account each wait from the sixth on is twice as long as the one before, up to a
 * quarter of an hour, so that a mistake of one makes nobody else wait; an address that fails sixty times in ten minutes waits for the rest of them. A name
 * that nobody has is counted like any other, so waiting tells nothing. `now` is epoch ms.
 */
export function createThrottle(now: () => number = Date.now): Throttle {
  const pairs = new Map<string, { count: number; until: number }>();
  const addresses = new Map<string, { count: number; until: number }>();
  const pairOf = ({ what, address }: Attempt): string => `${address} ${what}`;
  const put = <T>(map: Map<string, T>, key: string, value: T): void => {
    map.delete(key);
    map.set(key, value);
    const [oldest] = map.keys();
    if (map.size > MOST && oldest !== undefined) map.delete(oldest);
  };
  return {
    check: (attempt) => {
      const address = addresses.get(attempt.address);
      const until = Math.max(
        pairs.get(pairOf(attempt))?.until ?? 0,
        address && address.count >= ADDRESS_MOST ? address.until : 0,
      );
      const wait_s = Math.ceil((until - now()) / 1000);
      if (wait_s > 0) throw new IocError('IOC_TOO_MANY', `in ${wait_s} s`, undefined, wait_s);
    },
    failed: (attempt) => {
      const count = (pairs.get(pairOf(attempt))?.count ?? 0) + 1;
      const wait_ms = count <= FREE ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - FREE - 1));
      put(pairs, pairOf(attempt), { count, until: now() + wait_ms });
      const before = addresses.get(attempt.address);
      const isOpen = before !== undefined && before.until > now();
      put(addresses, attempt.address, {
        count: (isOpen ? before.count : 0) + 1,
        until: isOpen ? before.until : now() + WINDOW_MS,
      });
    },
    passed: (attempt) => void pairs.delete(pairOf(attempt)),
  };
}
