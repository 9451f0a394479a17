import { IocError } from '../errors.ts';

/** A try at something secret: what is tried (an account's name, whether there is one or not), and from where. */
export interface Attempt {
  what: string;
  address: string;
  /** What shows that its owner was here before, such as the device or the session: it has a budget of its own, which strangers cannot use up. */
  known?: string | undefined;
}

/** Slows down those who guess passwords. */
export interface Throttle {
  /**
   * Counts an attempt as failed before it is looked at, so that a hundred at once are not all looked at. Throws `IOC_TOO_MANY`, with the seconds to wait,
   * while this may not be tried; such a one is not counted.
   */
  begin: (attempt: Attempt) => void;
  /** Takes back an attempt that was begun, and forgets the failures of somebody at their own place: its owner has come. */
  passed: (attempt: Attempt) => void;
}

/** What is counted of one who fails: how often, and until when (epoch ms) they wait. */
interface Failures {
  count: number;
  until: number;
}

/** Failures at one account that cost nothing: from one place, since people mistype; from all places that are strange to it. */
const FREE = 5;
const FREE_STRANGERS = 20;
const FIRST_MS = 2_000;
const LONGEST_MS = 15 * 60_000;
/** Failures at an account are forgotten so long after the last wait. */
const FORGET_MS = 24 * 3_600_000;
/** Failures of all accounts from one address within `WINDOW_MS`: a whole office may sit behind it. */
const ADDRESS_MOST = 60;
const WINDOW_MS = 10 * 60_000;
/** Most of each that are remembered; the oldest is forgotten first. */
const MOST = 10_000;

/**
 * Counts attempts that failed, or have not ended. At one account each wait is twice as long as the one before, up to a quarter of an hour: from the sixth failure on for one place (an address, or
 * a known device), so that a mistake of one makes nobody else wait; from the twenty-first on for all strangers together, wherever they are. An address that fails sixty times in ten
 * minutes waits for the rest of them. A name that nobody has is counted like any other, so waiting tells nothing. `now` is epoch ms.
 */
export function createThrottle(now: () => number = Date.now): Throttle {
  const places = new Map<string, Failures>();
  const strangers = new Map<string, Failures>();
  const addresses = new Map<string, Failures>();
  const placeOf = ({ what, address, known }: Attempt): string => `${known ?? address} ${what}`;
  const put = (map: Map<string, Failures>, key: string, value: Failures): void => {
    map.delete(key);
    if (value.count > 0) map.set(key, value);
    const [oldest] = map.keys();
    if (map.size > MOST && oldest !== undefined) map.delete(oldest);
  };
  const read = (map: Map<string, Failures>, key: string): Failures => {
    const kept = map.get(key);
    return kept && kept.until + FORGET_MS > now() ? kept : { count: 0, until: 0 };
  };
  const more = ({ count }: Failures, free: number): Failures => {
    const wait_ms = count < free ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (count - free));
    return { count: count + 1, until: now() + wait_ms };
  };
  const ofAddress = (address: string): Failures => {
    const kept = addresses.get(address);
    return kept && kept.until > now() ? kept : { count: 0, until: now() + WINDOW_MS };
  };
  return {
    begin: (attempt) => {
      const place = read(places, placeOf(attempt));
      const all = read(strangers, attempt.what);
      const address = ofAddress(attempt.address);
      const isFull = address.count >= ADDRESS_MOST;
      const until = attempt.known === undefined ? Math.max(all.until, isFull ? address.until : 0) : 0;
      const wait_s = Math.ceil((Math.max(place.until, until) - now()) / 1000);
      if (wait_s > 0) throw new IocError('IOC_TOO_MANY', `in ${wait_s} s`, undefined, wait_s);
      put(places, placeOf(attempt), more(place, FREE));
      if (attempt.known !== undefined) return;
      put(strangers, attempt.what, more(all, FREE_STRANGERS));
      put(addresses, attempt.address, { ...address, count: address.count + 1 });
    },
    passed: (attempt) => {
      const own = read(places, placeOf(attempt));
      places.delete(placeOf(attempt));
      if (attempt.known !== undefined) return;
      // the failures of the owner are taken back, those of others at the account stay
      put(strangers, attempt.what, { count: read(strangers, attempt.what).count - own.count, until: now() });
      const address = ofAddress(attempt.address);
      put(addresses, attempt.address, { ...address, count: address.count - 1 });
    },
  };
}
