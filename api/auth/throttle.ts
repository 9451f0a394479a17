import { IocError } from '../errors.ts';

/** A try at something secret: what is tried (an account's name, whether there is one or not), and from where. */
export interface Attempt {
  what: string;
  address: string;
}

/** Slows down those who guess passwords. */
export interface Throttle {
  /**
   * Counts an attempt as failed before it is looked at, so that a hundred at once are not all looked at. Throws `IOC_TOO_MANY`, with the seconds to wait,
   * while this may not be tried; such a one is not counted.
   */
  begin: (attempt: Attempt) => void;
  /** Takes back an attempt that was begun, and forgets the failures of somebody at their own address: its owner has come. */
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
 * Counts attempts that failed, or have not ended, by account and address together, and by address. At one account each wait from the sixth on is twice as long as the one before, up to a
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
    begin: (attempt) => {
      const pair = pairs.get(pairOf(attempt));
      const known = addresses.get(attempt.address);
      const address = known && known.until > now() ? known : { count: 0, until: now() + WINDOW_MS };
      const until = Math.max(pair?.until ?? 0, address.count >= ADDRESS_MOST ? address.until : 0);
      const wait_s = Math.ceil((until - now()) / 1000);
      if (wait_s > 0) throw new IocError('IOC_TOO_MANY', `in ${wait_s} s`, undefined, wait_s);
      const count = (pair?.count ?? 0) + 1;
      const wait_ms = count <= FREE ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - FREE - 1));
      put(pairs, pairOf(attempt), { count, until: now() + wait_ms });
      put(addresses, attempt.address, { ...address, count: address.count + 1 });
    },
    passed: (attempt) => {
      pairs.delete(pairOf(attempt));
      const address = addresses.get(attempt.address);
      if (address && address.count > 0) put(addresses, attempt.address, { ...address, count: address.count - 1 });
    },
  };
}
