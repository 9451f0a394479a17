import * as z from 'zod/mini';
import type { AccountInfo, TrailPage } from '#api/contract-auth.ts';
import type { TrailAction } from '#api/trail/actions.ts';

/** `GET /api/trail`. */
export const TrailPageSchema = z.object({
  rows: z.array(
    z.object({
      ...{ chain: z.string(), seq: z.number(), at: z.number() },
      kind: z.string(),
      ...{ id: z.string(), account: z.string(), actor: z.string(), role: z.string(), action: z.string() },
      ...{ target: z.string(), unit: z.string() },
      outcome: z.string(),
      ...{ request: z.string(), address: z.string() },
    }),
  ),
  next: z.nullable(z.string()),
}) satisfies z.ZodMiniType<TrailPage>;

/** What is read of `GET /api/accounts`: whose acts can be asked for. */
export const AccountNamesSchema = z.array(
  z.object({ id: z.string(), name: z.string(), shown: z.string() }),
) satisfies z.ZodMiniType<Pick<AccountInfo, 'id' | 'name' | 'shown'>[]>;

/** What is read of `GET /api/tokens`. */
export const NamedSchema = z.array(z.object({ id: z.string(), shown: z.string() }));

/** What is read of `GET /api/screens`. */
export const NamedScreensSchema = z.object({ screens: NamedSchema });

const NAMED: Readonly<Record<TrailAction, true>> = {
  ...{ login: true, logout: true, setup: true, 'login.begun': true, 'password.changed': true, 'session.ended': true },
  ...{ 'account.made': true, 'account.changed': true, 'token.issued': true, 'token.revoked': true },
  ...{
    'letters.redriven': true,
    'alert.acted': true,
    'shift.acted': true,
    'silence.set': true,
    'silence.ended': true,
    'chase.sent': true,
    'chase.acted': true,
    'entry.made': true,
    import: true,
    'apology.noted': true,
  },
  'apology.revoked': true,
  ...{ 'screen.asked': true, 'screen.claimed': true, 'screen.renewed': true, 'screen.confirmed': true },
  ...{
    'screen.changed': true,
    'screen.told': true,
    'screen.untold': true,
    'screen.reloaded': true,
    'screen.revoked': true,
  },
  ...{ 'dossier.opened': true, 'applicant.seen': true, 'export.dossiers': true, 'export.summary': true },
};

/** Acts that have a word in the catalogues; any other is shown by its route. */
export const TRAIL_ACTIONS: readonly string[] = Object.keys(NAMED);

/** The key of an act in the catalogues. */
export function wordOf(action: string): string {
  return `trail.act.${action.replaceAll('.', '_')}`;
}
