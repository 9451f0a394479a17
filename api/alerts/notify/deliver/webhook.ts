import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { Receiver } from '#dashboards/schema/receiver.ts';
import { fill, fillAll, type Fillings, type Json } from './fill.ts';
import { RefusedError } from './refused.ts';

export type Webhook = Extract<Receiver, { kind: 'webhook' }>;

/** Header of the signature of a body. */
export const SIGNATURE = 'x-toan-canh-signature';
/** Header that is the same when the same notice is sent again. */
export const NOTICE_ID = 'x-toan-canh-id';

/** Longest reply that is looked at. */
const REPLY_BYTES = 64 * 1024;

/** How a body is signed: `sha256=` and the HMAC-SHA256 in hex. */
export function sign(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Posts a notice: `whole` where the file gives no body. Throws a RefusedError for what is no 2xx, comes too late or does not say what is expected. */
export async function postWebhook(
  webhook: Webhook,
  { id, whole, ...fillings }: Fillings & { id: string; whole: Json },
): Promise<void> {
  const { url, headers, body = whole, form, secret_env, expect, timeout } = webhook;
  const filled = webhook.body === undefined ? body : fillAll(jsonOf(body), fillings);
  const text = form ? formOf(filled) : JSON.stringify(filled);
  const secret = secret_env === undefined ? undefined : fill(`{env.${secret_env}}`, fillings);
  const address = fill(url, fillings);
  let reply: Response;
  try {
    reply = await fetch(address, {
      method: 'POST',
      // a redirect would carry the message, and its secrets, to somebody else
      redirect: 'error',
      signal: AbortSignal.timeout(timeout),
      headers: {
        'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value, fillings)])),
        [NOTICE_ID]: id,
        ...(secret !== undefined && { [SIGNATURE]: sign(text, secret) }),
      },
      body: text,
    });
  } catch (error) {
    throw new RefusedError(`no answer (${error instanceof Error ? error.name : 'unknown'})`);
  }
  const said = (await reply.text()).slice(0, REPLY_BYTES);
  if (!reply.ok) throw new RefusedError(`status ${reply.status}`);
  checkReply(said, expect);
}

function jsonOf(value: unknown): Json {
  return z.json().parse(value);
}

function formOf(value: Json | undefined): string {
  const fields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).parse(value);
  return new URLSearchParams(Object.entries(fields).map(([name, one]) => [name, String(one)])).toString();
}

function checkReply(text: string, expect: Webhook['expect']): void {
  if (Object.keys(expect).length === 0) return;
  const reply = z.record(z.string(), z.unknown()).safeParse(parsed(text));
  for (const [name, value] of Object.entries(expect))
    if (!reply.success || reply.data[name] !== value) throw new RefusedError(`the reply does not say ${name}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
