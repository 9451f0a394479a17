import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Oidc } from '../../auth/oidc/oidc.ts';
import type { Session } from '../../session.ts';

/** The cookie of the token that says to the provider whose session is to end: with the browser alone, since it names somebody. */
const TOKEN_COOKIE = 'toan-canh-oidc-token';
/** Browsers keep no larger cookie. Without the token the provider asks who is leaving. */
const LARGEST = 3_800;

/** Lets the browser keep what its provider wants to see when somebody leaves. */
export function keepToken(app: FastifyInstance, reply: FastifyReply, oidc: Oidc, id_token: string): void {
  const maxAge = Math.floor(app.sessionLimits.absolute_ms / 1000);
  if (id_token.length > LARGEST) reply.clearCookie(TOKEN_COOKIE, cookie(oidc));
  else reply.setCookie(TOKEN_COOKIE, id_token, { ...cookie(oidc), maxAge });
}

/**
 * The page of the provider that ends the session there, of somebody who leaves; null for a session that it has no part in, for a provider that has no such page or is
 * away. The token is forgotten.
 */
export async function leaveProvider(
  { oidc, keeper }: FastifyInstance,
  { cookies }: FastifyRequest,
  reply: FastifyReply,
  session: Session | undefined,
): Promise<string | null> {
  if (!oidc) return null;
  const token = cookies[TOKEN_COOKIE];
  if (token !== undefined) reply.clearCookie(TOKEN_COOKIE, cookie(oidc));
  if (!keeper?.directory.accounts.get(session?.account ?? '')?.external) return null;
  return (await oidc.provider.leave(token)) ?? null;
}

function cookie({ isSecure }: Oidc) {
  return { path: '/api/session', httpOnly: true, sameSite: 'strict', secure: isSecure } as const;
}
