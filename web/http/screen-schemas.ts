import * as z from 'zod/mini';
import type { AskingInfo, Claim, Enrolment, Fleet, ScreenInfo } from '#api/contract-screens.ts';

const enrolled = z.object({ state: z.literal('enrolled'), board: z.string() });
const REASONS = ['new', 'expired', 'administrator', 'copied', 'other_browser'] as const;

/** `POST /api/screens/enrol`. */
export const EnrolmentSchema = z.discriminatedUnion('state', [
  enrolled,
  z.object({
    state: z.literal('waiting'),
    reason: z.enum(REASONS),
    code: z.string(),
    secret: z.string(),
    now: z.number(),
    lapses_at: z.number(),
  }),
]) satisfies z.ZodMiniType<Enrolment>;

/** `POST /api/screens/claim`. */
export const ClaimSchema = z.discriminatedUnion('state', [
  enrolled,
  z.object({ state: z.literal('waiting') }),
]) satisfies z.ZodMiniType<Claim>;

const ScreenSchema = z.object({
  id: z.string(),
  shown: z.string(),
  state: z.enum(['alive', 'dead', 'never', 'off', 'expired', 'revoked']),
  unit: z.nullable(z.string()),
  board: z.string(),
  enrolled_at: z.number(),
  enrolled_by: z.string(),
  message: z.nullable(z.object({ text: z.string(), until: z.number() })),
  revoked: z.nullable(
    z.object({ at: z.number(), by: z.string(), reason: z.enum(['administrator', 'copied', 'other_browser']) }),
  ),
  seen: z.nullable(
    z.object({
      at: z.number(),
      board: z.string(),
      version: z.string(),
      frame_at: z.number(),
      opened_at: z.number(),
      width: z.number(),
      height: z.number(),
      pixel_ratio: z.number(),
      address: z.string(),
    }),
  ),
}) satisfies z.ZodMiniType<ScreenInfo>;

/** `GET /api/screens`. */
export const FleetSchema = z.object({ at: z.number(), screens: z.array(ScreenSchema) }) satisfies z.ZodMiniType<Fleet>;

/** `GET /api/session`: what of it the fleet page needs. */
export const MayAdministerSchema = z.object({ may_administer: z.boolean() });

/** The body of a reply that has none, or of which nothing is needed. */
export const NothingSchema = z.unknown();

/** `GET /api/screens/asking/:code`. */
export const AskingSchema = z.object({ board: z.nullable(z.string()) }) satisfies z.ZodMiniType<AskingInfo>;
