import { z } from 'zod';
import { ROLES } from './roles.ts';
import { SCREEN_EVENTS } from './screen-event.ts';

const who = { shown: z.string(), role: z.enum(ROLES), unit: z.string().nullable() };

/**
 * What can happen to an account, a session, a token, a screen or the set-up, by type: the `data` of a row of `auth.event`. `unit` null is the whole province;
 * `digest` is what is kept of a secret; instants are epoch ms.
 */
export const AUTH_EVENTS = {
  'account.made': z.object({
    ...who,
    name: z.string(),
    hash: z.string().nullable(),
    demo: z.boolean().default(false),
    external: z.boolean().default(false),
  }),
  'account.changed': z.object({
    shown: z.string().optional(),
    role: z.enum(ROLES).optional(),
    unit: z.string().nullable().optional(),
    disabled: z.boolean().optional(),
  }),
  'account.password': z.object({ hash: z.string() }),
  'session.opened': z.object({
    account: z.string(),
    digest: z.string(),
    /** By which way: the form, or the name of an OpenID provider. */
    via: z.string(),
    address: z.string(),
    agent: z.string(),
  }),
  'session.seen': z.object({}),
  'session.ended': z.object({ reason: z.string() }),
  'token.issued': z.object({ ...who, digest: z.string(), expires_at: z.number() }),
  'token.revoked': z.object({}),
  'setup.offered': z.object({ digest: z.string() }),
  ...SCREEN_EVENTS,
} as const;
export type AuthEventType = keyof typeof AUTH_EVENTS;

/** Something that happened; `subject` is the id of what it happened to, `actor` who did it, as they are shown. */
export type AuthEvent = {
  [Type in AuthEventType]: {
    at: number;
    id: string;
    type: Type;
    subject: string;
    actor: string;
    data: z.output<(typeof AUTH_EVENTS)[Type]>;
  };
}[AuthEventType];

const HeadSchema = z.object({ at: z.number(), id: z.string(), subject: z.string(), actor: z.string() });
const variant = <Type extends AuthEventType>(type: Type) =>
  HeadSchema.extend({ type: z.literal(type), data: AUTH_EVENTS[type] });

/** An event as it is read back. */
export const AuthEventSchema = z.discriminatedUnion('type', [
  variant('account.made'),
  variant('account.changed'),
  variant('account.password'),
  variant('session.opened'),
  variant('session.seen'),
  variant('session.ended'),
  variant('token.issued'),
  variant('token.revoked'),
  variant('setup.offered'),
  variant('screen.asked'),
  variant('screen.enrolled'),
  variant('screen.renewed'),
  variant('screen.rotated'),
  variant('screen.changed'),
  variant('screen.told'),
  variant('screen.reloaded'),
  variant('screen.revoked'),
]);
