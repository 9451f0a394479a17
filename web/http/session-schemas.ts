import * as z from 'zod/mini';
import type { AccountInfo, LeftSession, LoginWays, SessionInfo, TokenInfo, Who } from '#api/contract-auth.ts';

/** What accounts and tokens may be, in the order in which they are offered. */
export const ROLES = ['leader', 'duty', 'centre', 'viewer', 'admin'] as const;

/** `GET /api/session`, and the reply to a log-in. */
export const WhoSchema = z.object({
  kind: z.enum(['account', 'token', 'visitor']),
  actor: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
  may_act: z.boolean(),
  may_import: z.boolean(),
  may_edit: z.boolean(),
  may_administer: z.boolean(),
  has_password: z.boolean(),
}) satisfies z.ZodMiniType<Who>;

/** `GET /api/session/ways`. */
export const WaysSchema = z.object({
  visitors: z.boolean(),
  accounts: z.boolean(),
  oidc: z.nullable(z.string()),
}) satisfies z.ZodMiniType<LoginWays>;

/** `DELETE /api/session`. */
export const LeftSchema = z.object({ url: z.nullable(z.url()) }) satisfies z.ZodMiniType<LeftSession>;

/** `POST /api/session/oidc/begin`: the page of the provider. */
export const BegunSchema = z.object({ url: z.url() });

/** `GET /api/sessions`. */
export const SessionsSchema = z.array(
  z.object({
    id: z.string(),
    opened_at: z.number(),
    seen_at: z.number(),
    via: z.string(),
    address: z.string(),
    agent: z.string(),
    own: z.boolean(),
  }),
) satisfies z.ZodMiniType<SessionInfo[]>;

/** An account. */
export const AccountSchema = z.object({
  id: z.string(),
  name: z.string(),
  shown: z.string(),
  role: z.enum(ROLES),
  unit: z.nullable(z.string()),
  disabled: z.boolean(),
  demo: z.boolean(),
  external: z.boolean(),
  made_at: z.number(),
  sessions: z.number(),
}) satisfies z.ZodMiniType<AccountInfo>;
/** `GET /api/accounts`. */
export const AccountsSchema = z.array(AccountSchema);

/** A service token. */
export const TokenSchema = z.object({
  id: z.string(),
  shown: z.string(),
  role: z.enum(ROLES),
  unit: z.nullable(z.string()),
  made_at: z.number(),
  made_by: z.string(),
  expires_at: z.number(),
  revoked: z.boolean(),
}) satisfies z.ZodMiniType<TokenInfo>;
/** `GET /api/tokens`. */
export const TokensSchema = z.array(TokenSchema);
/** The reply to `POST /api/tokens`: with the text, this once. */
export const IssuedSchema = z.extend(TokenSchema, { token: z.string() });
