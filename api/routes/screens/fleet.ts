import { z } from 'zod';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Rows } from '../../contract.ts';
import type { Fleet, ScreenInfo, ScreenState } from '../../contract-screens.ts';
import type { ScreenLimits } from '../../auth/screen-rules.ts';
import type { Screen } from '../../auth/screens.ts';
import { ownQuery } from '../../sql.ts';
import { toRecords } from '../records.ts';

/** A screen that has drawn nothing for this long is dead; the same as in `alerts-screens.yaml`. */
export const DEAD_AFTER_MS = 120_000;

const SeenSchema = z.object({
  screen_id: z.string(),
  seen_at: z.number(),
  board: z.string(),
  version: z.string(),
  address: z.string(),
  frame_at: z.number(),
  opened_at: z.number(),
  width: z.number(),
  height: z.number(),
  pixel_ratio: z.number(),
});
type Seen = z.output<typeof SeenSchema>;

/** A screen in a reply. */
export const ScreenInfoSchema = z.object({
  id: z.string(),
  shown: z.string(),
  state: z.enum(['alive', 'dead', 'never', 'off', 'expired', 'revoked']),
  unit: z.string().nullable(),
  board: z.string(),
  enrolled_at: z.number(),
  enrolled_by: z.string(),
  message: z.object({ text: z.string(), until: z.number() }).nullable(),
  revoked: z
    .object({ at: z.number(), by: z.string(), reason: z.enum(['administrator', 'copied', 'other_browser']) })
    .nullable(),
  seen: SeenSchema.omit({ screen_id: true, seen_at: true }).extend({ at: z.number() }).nullable(),
}) satisfies z.ZodType<ScreenInfo>;
export const FleetSchema = z.object({
  at: z.number(),
  screens: z.array(ScreenInfoSchema),
}) satisfies z.ZodType<Fleet>;

/** When each screen was last seen, and how it was. */
export function seenQuery(): LoadedQuery {
  const [text, number, instant] = [{ type: 'text' }, { type: 'number' }, { type: 'instant' }] as const;
  return ownQuery('routes/screens/seen.sql', ['display'], {
    description: 'Screens as they were last heard of',
    rows: {
      ...{ screen_id: text, unit_path: text, board: text, version: text, address: text },
      ...{ seen_at: instant, frame_at: instant, opened_at: instant },
      ...{ width: number, height: number, pixel_ratio: number },
    },
    max_rows: 2_000,
  });
}

/** What is known of screens, by name. `at` is the instant that their last signs are judged at, `now` that of the accounts' clock. */
export function fleetOf(
  screens: Iterable<Screen>,
  signs: Rows,
  { at, now, limits }: { at: number; now: number; limits: ScreenLimits },
): Fleet {
  const seen = new Map(
    toRecords(signs)
      .map((record) => SeenSchema.parse(record))
      .map((sign) => [sign.screen_id, sign]),
  );
  return {
    at,
    screens: [...screens]
      .toSorted((one, other) => one.shown.localeCompare(other.shown, 'vi'))
      .map((screen) => infoOf(screen, seen.get(screen.id), stateOf(screen, seen.get(screen.id), { at, now, limits }))),
  };
}

function stateOf(
  screen: Screen,
  seen: Seen | undefined,
  { at, now, limits }: { at: number; now: number; limits: ScreenLimits },
): ScreenState {
  if (screen.revoked) return 'revoked';
  if (now - screen.renewed_at >= limits.life_ms) return 'expired';
  if (screen.off_at !== null) return 'off';
  if (!seen) return 'never';
  return at - seen.frame_at > DEAD_AFTER_MS ? 'dead' : 'alive';
}

function infoOf(screen: Screen, seen: Seen | undefined, state: ScreenState): ScreenInfo {
  const { id, shown, unit, board, enrolled_at, enrolled_by, message, revoked = null } = screen;
  const known = { id, shown, state, unit, board, enrolled_at, enrolled_by, message, revoked };
  // the reply's schema leaves out what it does not name
  return { ...known, seen: seen ? { ...seen, at: seen.seen_at } : null };
}
