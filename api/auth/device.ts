import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from './directory.ts';
import { digest, makeSecret } from './secret.ts';

/** How the cookie is called that a browser keeps of an account which has logged in from it: one for each, since people share PCs. */
export function deviceCookie(account: Account): string {
  return `toan-canh-may-${digest(account.id).slice(0, 16)}`;
}

/**
 * What that cookie holds: a name of the device and its seal. The key is what is kept of the password, which no stranger has: every process can check it, nothing more is
 * kept, and whoever changes a password makes strangers of all devices. Undefined for an account without a password.
 */
export function makeDevice(account: Account): string | undefined {
  const device = makeSecret();
  return account.hash === null ? undefined : `${device}.${seal(account.hash, device)}`;
}

/** The name of the device that shows this cookie; undefined for what was not made for the account. */
export function deviceOf(account: Account | undefined, cookie: string | undefined): string | undefined {
  const [device = '', sealed = ''] = (cookie ?? '').split('.');
  if (!account || account.hash === null || device === '') return undefined;
  const [shown, right] = [Buffer.from(sealed), Buffer.from(seal(account.hash, device))];
  return shown.length === right.length && timingSafeEqual(shown, right) ? device : undefined;
}

function seal(hash: string, device: string): string {
  return createHmac('sha256', hash).update(`device ${device}`).digest('base64url');
}
