import { IocError } from '../../errors.ts';

/** How far ahead something can be promised or asked for: further is a slip of the keyboard. */
const FURTHEST_MS = 2 * 366 * 24 * 3_600_000;

/** Checks an instant that is to come, named `name` in the request; `at` is the present (epoch ms). Throws `IOC_BAD_REQUEST`. */
export function checkTerm(name: string, instant: string, at: number): void {
  const ahead_ms = Date.parse(instant) - at;
  if (ahead_ms <= 0) throw new IocError('IOC_BAD_REQUEST', `${name} has passed`);
  if (ahead_ms > FURTHEST_MS) throw new IocError('IOC_BAD_REQUEST', `${name} is more than two years ahead`);
}
