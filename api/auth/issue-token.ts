import type { NewAuthEvent } from './keeper.ts';
import type { Role } from './roles.ts';
import { digest, makeSecret } from './secret.ts';

/** A token that nobody remembers is worse than one that has to be issued again. */
export const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

/** What a service token is issued with; `now` is epoch ms. */
export interface TokenOrder {
  subject: string;
  shown: string;
  role: Role;
  unit: string | null;
  days: number;
  actor: string;
  now: number;
}

/** A new service token: its text, which is shown once, and the event that keeps what it hashes to. */
export function issueToken({ subject, shown, role, unit, days, actor, now }: TokenOrder): {
  token: string;
  event: NewAuthEvent;
} {
  const token = makeSecret();
  const data = { shown, role, unit, digest: digest(token), expires_at: now + days * DAY_MS };
  return { token, event: { type: 'token.issued', subject, actor, data } };
}
