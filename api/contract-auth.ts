import type { Role } from './auth/roles.ts';

/** Who is looking: `GET /api/session`. */
export interface Who {
  kind: 'account' | 'token' | 'screen' | 'visitor';
  /** How they are named. */
  actor: string;
  role: Role;
  /** Code of the unit whose subtree they see. */
  unit: string;
  /** Whether they may act on what they see, bring files of dossiers, write boards, and administer. */
  may_act: boolean;
  may_import: boolean;
  may_edit: boolean;
  may_administer: boolean;
  /** Whether they have a password here that they may change. */
  has_password: boolean;
}

/** What logging in is offered with: `GET /api/session/ways`. */
export interface LoginWays {
  /** Whether somebody who has not logged in sees anything. */
  visitors: boolean;
  /** Whether accounts are kept here. */
  accounts: boolean;
  /** Name of the OpenID provider; null where there is none, or none that can be used. */
  oidc: string | null;
}

/** What is left to do for whoever has logged out: `DELETE /api/session`. */
export interface LeftSession {
  /** Page of the OpenID provider that ends the session there, too; null where there is nothing to end. */
  url: string | null;
}

/** A session of an account, as its owner and an administrator see it. Instants are epoch ms. */
export interface SessionInfo {
  id: string;
  opened_at: number;
  seen_at: number;
  via: string;
  address: string;
  agent: string;
  /** Whether it is the one that asks. */
  own: boolean;
}

/** An account, as an administrator sees it. */
export interface AccountInfo {
  id: string;
  name: string;
  shown: string;
  role: Role;
  /** Null is the whole province. */
  unit: string | null;
  disabled: boolean;
  demo: boolean;
  /** Comes by an OpenID provider: only disabling it is done here. */
  external: boolean;
  made_at: number;
  /** How many sessions are open. */
  sessions: number;
}

/** A service token, as an administrator sees it. */
export interface TokenInfo {
  id: string;
  shown: string;
  role: Role;
  unit: string | null;
  made_at: number;
  made_by: string;
  expires_at: number;
  revoked: boolean;
}

/** Something that was done, as an administrator sees it: `GET /api/trail`. */
export interface TrailRow {
  /** Chain and number of the row in it: together its name. */
  chain: string;
  seq: number;
  /** Epoch ms. */
  at: number;
  kind: string;
  id: string;
  account: string;
  actor: string;
  role: string;
  action: string;
  target: string;
  unit: string;
  outcome: string;
  request: string;
  address: string;
}

/** A page of it, the newest first; `next` is the `before` of the page after. */
export interface TrailPage {
  rows: TrailRow[];
  next: string | null;
}
