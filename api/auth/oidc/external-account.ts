import { createHash } from 'node:crypto';
import { IocError } from '../../errors.ts';
import type { Account } from '../directory.ts';
import type { Keeper, NewAuthEvent } from '../keeper.ts';
import type { GroupPlace } from './groups.ts';
import type { Identity } from './provider.ts';

/**
 * What an account of a provider is called: its subject there, which is one person's only together with the issuer. No local name has
 * an `@`.
 */
export function externalName(issuer: string, subject: string): string {
  return `${subject}@${issuer.replace(/^https?:\/\//, '').replace(/\/$/, '')}`;
}

/**
 * The account of somebody whom a provider sent, made at the first log-in and brought to what their groups say at each; all its sessions follow. Throws
 * `IOC_OIDC_NO_GROUP` where no group of theirs is one of the file's (and ends what is still open), `IOC_FORBIDDEN` for an account that was disabled.
 */
export async function takeIn(
  { directory, keep }: Keeper,
  name: string,
  { shown, groups }: Identity,
  place: GroupPlace | undefined,
): Promise<Account> {
  const account = directory.accountNamed(name);
  if (!place) {
    const open = [...directory.sessions.values()].filter((session) => session.account === account?.id);
    await keep(
      open.map(({ id }) => ({ type: 'session.ended', subject: id, actor: shown, data: { reason: 'groups' } }) as const),
    );
    throw new IocError('IOC_OIDC_NO_GROUP', groups.length === 0 ? 'the provider named no group' : undefined);
  }
  if (account?.disabled) throw new IocError('IOC_FORBIDDEN', 'the account is disabled');
  const { role, unit } = place;
  // of the same id wherever it is made: two first log-ins at once on two machines make one account
  const subject = account?.id ?? createHash('sha256').update(name).digest('hex').slice(0, 32);
  const change = ((): NewAuthEvent | undefined => {
    if (!account)
      return {
        type: 'account.made',
        ...{ subject, actor: shown },
        data: { name, shown, role, unit, hash: null, demo: false, external: true },
      };
    if (account.shown === shown && account.role === role && account.unit === unit) return undefined;
    return { type: 'account.changed', subject, actor: shown, data: { shown, role, unit } };
  })();
  if (change) await keep([change]);
  const made = directory.accounts.get(subject);
  if (!made) throw new IocError('IOC_INTERNAL');
  return made;
}
