import { z } from 'zod';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import { DurationSchema } from './alert-rule.ts';

/** Names an environment variable that holds a secret of a receiver. By its beginning the supervisor knows that only the API may have it. */
const VariableSchema = z
  .string()
  .max(128)
  .regex(/^NOTIFY_[A-Z0-9_]+$/, 'is no name of a variable of receivers: NOTIFY_ and capital letters');

/** Text in which `{env.NAME}` is filled in. */
const FilledSchema = z
  .string()
  .refine(
    (text) => [...text.matchAll(/\{env\.(\w+)\}/g)].every(([, name]) => VariableSchema.safeParse(name).success),
    'names a variable that is none of receivers; allowed: {env.NOTIFY_…}',
  );

const common = {
  name: TextSchema,
  /** Without it nothing is sent, and the reason of what was not sent is `disabled`. */
  enabled: z.boolean().default(true),
  /** Whether it is told that something is over. */
  send_resolved: z.boolean().default(true),
  /** How long a notice that is refused is tried again, ever more slowly, before it is a dead letter. */
  give_up_after: DurationSchema.default(6 * 3_600_000),
};

/** A receiver file `receivers/<id>.yaml`: a way to tell people. Secrets are names of environment variables. */
export const ReceiverSchema = z.discriminatedUnion('kind', [
  /** The product itself: the notice is on the alert, and desks sound. */
  z.strictObject({ kind: z.literal('app'), ...common, sound: z.enum(['none', 'chime', 'siren']).default('chime') }),
  z.strictObject({
    kind: z.literal('email'),
    ...common,
    from: z.string().min(3),
    /** Addresses; with `roster`, also those of whoever is on shift. */
    to: z.array(z.email()).max(100).default([]),
    roster: z.string().min(1).optional(),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
    /** TLS from the first byte; without it STARTTLS is used where the server offers it. */
    secure: z.boolean().default(false),
    username_env: VariableSchema.optional(),
    password_env: VariableSchema.optional(),
  }),
  /** A POST to somewhere. In `url`, `headers` and `body`, `{…}` is filled in: see api/alerts/notify/deliver/fill.ts. */
  z.strictObject({
    kind: z.literal('webhook'),
    ...common,
    url: FilledSchema.min(1),
    headers: z.record(z.string().regex(/^[\w-]+$/), FilledSchema).default({}),
    /** JSON: texts in it are filled in. Without it, the whole notice as Alertmanager sends it (version 4). */
    body: z
      .json()
      .refine((body) => FilledSchema.safeParse(JSON.stringify(body)).success, {
        error: 'names a variable that is none of receivers; allowed: {env.NOTIFY_…}',
      })
      .optional(),
    /** Sent as a form (`application/x-www-form-urlencoded`): SMS gateways want that. */
    form: z.boolean().default(false),
    /** Signs the body: header `X-Toan-Canh-Signature: sha256=…` (HMAC-SHA256, hex). */
    secret_env: VariableSchema.optional(),
    /** One request for each person on shift; `{person.…}` is theirs. */
    roster: z.string().min(1).optional(),
    /** What the reply's JSON must say, where a gateway answers 200 whatever happens: `{ error: 0 }`. */
    expect: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    timeout: DurationSchema.default(10_000),
  }),
]);
export type WrittenReceiver = z.input<typeof ReceiverSchema>;
export type Receiver = z.output<typeof ReceiverSchema>;
