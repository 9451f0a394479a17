import type { AuthEvent } from './auth-event.ts';
import type { Role } from './roles.ts';
import { createScreens, type Screens } from './screens.ts';

/** Somebody who may log in. */
export interface Account {
  id: string;
  /** What they log in with: lower case. */
  name: string;
  shown: string;
  role: Role;
  /** Code of the unit whose subtree they see; null is the whole province. */
  unit: string | null;
  hash: string | null;
  disabled: boolean;
  /** Of the demo province: of no use anywhere else. */
  demo: boolean;
  /** Comes by an OpenID provider: no password, and what they may do is what their groups say. */
  external: boolean;
  made_at: number;
}

/** A session of an account, from its log-in to its end. */
export interface OpenSession {
  id: string;
  account: string;
  via: string;
  address: string;
  agent: string;
  opened_at: number;
  seen_at: number;
}

/** What a script or another system asks with. */
export interface ServiceToken {
  id: string;
  shown: string;
  role: Role;
  unit: string | null;
  made_at: number;
  made_by: string;
  expires_at: number;
  revoked: boolean;
}

/** What stands of accounts, sessions, tokens and screens: a fold over their events, held in memory. */
export interface Directory {
  accounts: ReadonlyMap<string, Account>;
  sessions: ReadonlyMap<string, OpenSession>;
  tokens: ReadonlyMap<string, ServiceToken>;
  screens: Screens;
  accountNamed: (name: string) => Account | undefined;
  sessionBy: (digest: string) => OpenSession | undefined;
  tokenBy: (digest: string) => ServiceToken | undefined;
  isSetupOffered: (digest: string) => boolean;
  /** Takes in an event and says whether it was new; one about something that is not there changes nothing. */
  apply: (event: AuthEvent) => boolean;
}

/** An empty directory. Pure: no clock, no I/O. */
export function createDirectory(): Directory {
  const known = new Set<string>();
  const accounts = new Map<string, Account>();
  const byName = new Map<string, string>();
  const sessions = new Map<string, OpenSession>();
  const tokens = new Map<string, ServiceToken>();
  const digests = new Map<string, string>();
  const screens = createScreens();
  let offered: string | undefined;

  const take = (event: AuthEvent): void => {
    const { subject, at } = event;
    const account = accounts.get(subject);
    const session = sessions.get(subject);
    const token = tokens.get(subject);
    switch (event.type) {
      case 'account.made':
        // of two accounts of one name, made at once on two machines, the first stands
        if (byName.has(event.data.name)) return;
        byName.set(event.data.name, subject);
        accounts.set(subject, { ...event.data, id: subject, disabled: false, made_at: at });
        return;
      case 'account.changed':
        if (account) accounts.set(subject, { ...account, ...given(event.data) });
        return;
      case 'account.password':
        if (account) accounts.set(subject, { ...account, hash: event.data.hash });
        return;
      case 'session.opened': {
        const { digest, ...data } = event.data;
        digests.set(digest, subject);
        sessions.set(subject, { ...data, id: subject, opened_at: at, seen_at: at });
        return;
      }
      case 'session.seen':
        if (session) session.seen_at = Math.max(session.seen_at, at);
        return;
      case 'session.ended':
        sessions.delete(subject);
        return;
      case 'token.issued': {
        const { digest, ...data } = event.data;
        digests.set(digest, subject);
        tokens.set(subject, { ...data, id: subject, made_at: at, made_by: event.actor, revoked: false });
        return;
      }
      case 'token.revoked':
        if (token) token.revoked = true;
        return;
      case 'setup.offered':
        offered = event.data.digest;
        return;
      default:
        screens.take(event);
    }
  };

  return {
    accounts,
    sessions,
    tokens,
    screens,
    accountNamed: (name) => accounts.get(byName.get(name) ?? ''),
    sessionBy: (digest) => sessions.get(digests.get(digest) ?? ''),
    tokenBy: (digest) => tokens.get(digests.get(digest) ?? ''),
    isSetupOffered: (digest) => offered === digest,
    apply: (event) => {
      if (known.has(event.id)) return false;
      known.add(event.id);
      take(event);
      return true;
    },
  };
}

/** The fields of a change that were given. */
function given<T extends object>(change: T): Partial<T> {
  const kept: Partial<T> = { ...change };
  for (const name of Object.keys(change))
    if (Reflect.get(change, name) === undefined) Reflect.deleteProperty(kept, name);
  return kept;
}
