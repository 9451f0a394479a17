import { parseArgs } from 'node:util';
import { z } from 'zod';
import { RoleSchema } from '#api/auth/account-rules.ts';
import { LONGEST_DAYS } from '#api/auth/issue-token.ts';

const days = z.coerce.number().int().min(1).max(LONGEST_DAYS).default(30);
const OptionsSchema = z.union([
  z.strictObject({ list: z.literal(true) }),
  z.strictObject({ revoke: z.string().min(1) }),
  z.strictObject({
    role: RoleSchema,
    unit: z.string().min(1).optional(),
    days,
    for: z.string().min(1).default('npm run token'),
  }),
]);
/** What `npm run token` is asked for: a new token, the list, or the end of one. */
export type TokenOptions = z.output<typeof OptionsSchema>;

const USAGE = `npm run token -- --role leader|duty|centre|viewer|admin [--unit CODE] [--days 30] [--for NAME]
npm run token -- --list
npm run token -- --revoke ID`;

/** Reads the command line; throws an Error that says what is allowed. */
export function readTokenOptions(args: string[]): TokenOptions {
  const { values } = parseArgs({
    args,
    options: {
      role: { type: 'string' },
      unit: { type: 'string' },
      days: { type: 'string' },
      for: { type: 'string' },
      list: { type: 'boolean' },
      revoke: { type: 'string' },
    },
  });
  const result = OptionsSchema.safeParse({ ...values });
  if (result.success) return result.data;
  throw new Error(USAGE);
}
