import { createTransport } from 'nodemailer';
import type { Receiver } from '#dashboards/schema/receiver.ts';
import { RefusedError } from './refused.ts';
import type { Words } from './words.ts';

export type Email = Extract<Receiver, { kind: 'email' }>;

/** Longest time that each step of the talk with the server may take, in milliseconds. */
const STEP_MS = 10_000;

/**
 * Sends a mail to all `to` at once. `id` makes its Message-ID, so that mail programs show what comes twice once. Throws a RefusedError when the server does not take it for all.
 */
export async function sendEmail(
  { from, host, port, secure, username_env, password_env }: Email,
  { to, words, id, env }: { to: string[]; words: Words; id: string; env: (name: string) => string | undefined },
): Promise<void> {
  const user = username_env === undefined ? undefined : env(username_env);
  const pass = password_env === undefined ? undefined : env(password_env);
  if ((username_env !== undefined && !user) || (password_env !== undefined && !pass))
    throw new RefusedError('name or password of the mail server is not set');
  const steps = { connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS };
  const auth = user !== undefined && pass !== undefined ? { auth: { user, pass } } : {};
  const transport = createTransport({ host, port, secure, ...auth, ...steps });
  try {
    const sent = await transport.sendMail({
      from,
      to,
      subject: words.title,
      text: [words.title, '', ...words.lines].join('\n'),
      messageId: `<${id}@toan-canh>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      // what a file or a label says is text, never a file of this machine or an address to fetch
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    if (sent.rejected.length > 0) throw new RefusedError(`${sent.rejected.length} addresses were refused`);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new RefusedError(`the mail server did not take it (${code})`);
  } finally {
    transport.close();
  }
}
