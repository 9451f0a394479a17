import { z } from 'zod';

/**
 * What can happen to a screen. Its token is a cookie of two secrets: the anchor is the same for as long as it is enrolled, the other rotates. `digest` is
 * what is kept of a secret; instants are epoch ms; `unit` null is the whole province.
 */
export const SCREEN_EVENTS = {
  /** A browser that is nobody shows a code; the subject is the asking. `was` is the screen that it had been. */
  'screen.asked': z.object({
    code: z.string(),
    digest: z.string(),
    address: z.string(),
    agent: z.string(),
    was: z.string().optional(),
    /** The board that its page was opened at. */
    board: z.string().optional(),
  }),
  /** An administrator confirmed the code of `asking`. */
  'screen.enrolled': z.object({
    asking: z.string(),
    shown: z.string(),
    unit: z.string().nullable(),
    board: z.string(),
    agent: z.string(),
    address: z.string(),
  }),
  /** A new secret was handed out; the one before is good until this one is used. */
  'screen.renewed': z.object({ anchor: z.string(), digest: z.string() }),
  /** The new secret was used; the one before is good for a moment more. */
  'screen.rotated': z.object({ digest: z.string(), before: z.string().nullable() }),
  'screen.changed': z.object({
    shown: z.string().optional(),
    board: z.string().optional(),
    /** Switched off on purpose: that it draws nothing is no alert. */
    off: z.boolean().optional(),
  }),
  /** A message across the board until an instant; null takes it away. */
  'screen.told': z.object({ message: z.object({ text: z.string(), until: z.number() }).nullable() }),
  'screen.reloaded': z.object({}),
  'screen.revoked': z.object({ reason: z.enum(['administrator', 'copied', 'other_browser']) }),
} as const;
export type ScreenEventType = keyof typeof SCREEN_EVENTS;
