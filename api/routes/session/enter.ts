import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { deviceCookie, makeDevice } from '../../auth/device.ts';
import type { Account } from '../../auth/directory.ts';
import type { Keeper } from '../../auth/keeper.ts';
import { may, ROLES } from '../../auth/roles.ts';
import { digest, makeSecret } from '../../auth/secret.ts';
import type { Who } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { SESSION_COOKIE } from '../../plugins/auth.ts';
import type { Session } from '../../session.ts';

export const WhoSchema = z.object({
  kind: z.enum(['account', 'token', 'screen', 'visitor']),
  actor: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
  may_act: z.boolean(),
  may_import: z.boolean(),
  may_edit: z.boolean(),
  may_administer: z.boolean(),
  has_password: z.boolean(),
}) satisfies z.ZodType<Who>;

/** The keeper of accounts. Throws `IOC_NOT_FOUND` where none are kept. */
export function keeperOf({ keeper }: FastifyInstance): Keeper {
  if (!keeper) throw new IocError('IOC_NOT_FOUND', 'no accounts are kept here');
  return keeper;
}

/** Who somebody is, as they are told. */
export function whoOf({ book, keeper }: FastifyInstance, { kind, actor, role, scope, account }: Session): Who {
  const kept = keeper?.directory.accounts.get(account);
  return {
    ...{ kind, actor, role },
    unit: book.dashboards().province.units.units.find(({ path }) => path === scope)?.code ?? '',
    may_act: may(role, 'act'),
    may_import: may(role, 'import'),
    may_edit: may(role, 'edit'),
    may_administer: may(role, 'administer'),
    has_password: kept !== undefined && kept.hash !== null && !kept.demo,
  };
}

/**
 * Opens a session for somebody who has shown who they are, by whichever way, and sets its cookie. The session that the browser had before ends. Throws
 * `IOC_LOGIN_WRONG` where the account is of no use.
 */
export async function openSession(
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
  account: Account,
  via: string,
): Promise<Who> {
  const secret = makeSecret();
  const keeper = keeperOf(app);
  const agent = (request.headers['user-agent'] ?? '').slice(0, 256);
  const data = { account: account.id, digest: digest(secret), via, address: request.ip, agent };
  const before = app.credentialsOf(request.headers).cookie;
  const old = before === undefined ? undefined : keeper.directory.sessionBy(digest(before));
  // whoever had the browser's cookie before this log-in has nothing of it afterwards
  await keeper.keep([
    ...(old
      ? [{ type: 'session.ended', subject: old.id, actor: account.shown, data: { reason: 'login' } } as const]
      : []),
    { type: 'session.opened', subject: randomUUID(), actor: account.shown, data },
  ]);
  const maxAge = Math.floor(app.sessionLimits.absolute_ms / 1000);
  reply.setCookie(SESSION_COOKIE, secret, { ...guarded(request), path: '/', maxAge });
  const session = app.identify({ cookie: secret });
  if (!session) throw new IocError('IOC_LOGIN_WRONG');
  request.session = session;
  return whoOf(app, session);
}

/** How long a device is known: as long as browsers keep a cookie at most. */
const DEVICE_S = 400 * 86_400;

/** Lets the browser be known as one that the account has logged in from: strangers who guess do not make it wait. */
export function keepDevice(reply: FastifyReply, request: FastifyRequest, account: Account): void {
  const device = makeDevice(account);
  if (device === undefined) return;
  reply.setCookie(deviceCookie(account), device, { ...guarded(request), path: '/api/session', maxAge: DEVICE_S });
}

/** Out of reach of scripts, not sent along by other sites, over TLS alone where there is TLS. */
function guarded({ protocol }: FastifyRequest) {
  return { httpOnly: true, sameSite: 'strict', secure: protocol === 'https' } as const;
}
