import { parseArgs } from 'node:util';
import { z } from 'zod';

/** The benches, and what each measures. */
export const BENCHES = [
  'ingest',
  'live',
  'query',
  'dossiers',
  'forecast',
  'syslog',
  'eve',
  'snmp',
  'alerts',
  'draw',
] as const;

const viewerList = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(z.int().min(1).max(500)).min(1).max(5));

const OptionsSchema = z.strictObject({
  bench: z.enum(BENCHES),
  /** One JSON line last, on standard output. */
  json: z.boolean().default(false),
  /** Length of the timed part: of the paced run (ingest), of each number of viewers (live), of each scene (draw). */
  seconds: z.coerce.number().int().min(5).max(900).default(20),
  /** Numbers of viewers, one measurement each (live). */
  viewers: viewerList.default([1, 200]),
  /** Size of the province (query). */
  dossiers: z.coerce.number().int().min(1_000).max(10_000_000).default(2_180_333),
});
export type BenchOptions = z.output<typeof OptionsSchema>;

/** Reads the command line; throws an Error that lists what is wrong and what is allowed. */
export function readOptions(args: string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      seconds: { type: 'string' },
      viewers: { type: 'string' },
      dossiers: { type: 'string' },
    },
  });
  const [bench, ...more] = positionals;
  const result = OptionsSchema.safeParse({ bench, ...values });
  if (result.success && more.length === 0) return result.data;
  const faults = result.error?.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`) ?? [];
  throw new Error(
    [
      `npm run bench -- ${BENCHES.join('|')} [--json] [--seconds 5–900] [--viewers 1,200] [--dossiers 1000–10000000]`,
      ...faults,
    ].join('\n'),
  );
}
