import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { OWN_SOURCE } from '#ingest/schema/own-source.ts';
import { generateSecret, StartError } from './config.ts';

/** The tokens that ingest accepts, as ingest reads them. `source` `*`: the sender says which source it is; `unit`: its events are of that unit or below. */
const TokenFileSchema = z.array(
  z.strictObject({
    token: z.string().min(1),
    source: z.string().min(1),
    simulated: z.boolean().default(false),
    unit: z.string().optional(),
  }),
);
type TokenEntry = z.output<typeof TokenFileSchema>[number];

/** The tokens of one start. */
export interface Tokens {
  /** The token for sources, when it was made just now: shown once, because it is not shown again. */
  generated: string | undefined;
  /** The token of the simulator, whose events are marked simulated; undefined without one. */
  simulator: string | undefined;
  /** The token of the API, for what is done in the product itself. */
  own: string;
}

/** As the API has it. */
const SHORTEST_PASSWORD = 10;
const SHORTEST_KEY = 32;
/**
 * Makes sure that the token file has what this start needs; entries that are there are kept as they are.
 *
 * @param wants.source a token for any source (not needed when INGEST_TOKEN is set)
 * @param wants.simulator a token whose events are marked simulated
 */
export async function keepTokens(file: string, wants: { source: boolean; simulator: boolean }): Promise<Tokens> {
  const entries = await readTokens(file);
  const added: TokenEntry[] = [];
  const find = (simulated: boolean, source = '*') =>
    entries.find((entry) => entry.source === source && entry.simulated === simulated);
  const keep = (simulated: boolean, from = '*'): string => {
    const known = find(simulated, from);
    if (known) return known.token;
    const entry = { token: generateSecret(), source: from, simulated };
    added.push(entry);
    return entry.token;
  };
  const isNew = wants.source && !find(false);
  const source = wants.source ? keep(false) : undefined;
  const simulator = wants.simulator ? keep(true) : undefined;
  const own = keep(false, OWN_SOURCE);
  if (added.length > 0) await writeTokens(file, [...entries, ...added]);
  return { generated: isNew ? source : undefined, simulator, own };
}

/** Sets the tokens for any source to those given; tokens of one source are kept as they are. */
export async function setTokens(
  file: string,
  tokens: { source: string | undefined; simulator: string | undefined },
): Promise<void> {
  const own = (await readTokens(file)).filter((entry) => entry.source !== '*');
  const given = [
    { token: tokens.source, simulated: false },
    { token: tokens.simulator, simulated: true },
  ].flatMap(({ token, simulated }) => (token ? [{ token, source: '*', simulated }] : []));
  await writeTokens(file, [...own, ...given]);
}

/** The password of the demo accounts: made once, and shown at every start. */
export async function keepDemoPassword(file: string): Promise<string> {
  return keepSecret(file, SHORTEST_PASSWORD, () => generateSecret().replaceAll(/[-_]/g, '').slice(0, 12));
}

/** The key of the audit log: made once. Without it nothing that was noted before can be verified. */
export async function keepAuditKey(file: string): Promise<string> {
  return keepSecret(file, SHORTEST_KEY, () => generateSecret() + generateSecret());
}

/** The key of the audit log as it is kept; throws a StartError where there is none: a new one would verify nothing. */
export async function readAuditKey(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim() === '') throw new StartError(`There is no key of the audit log: neither AUDIT_KEY nor ${file}.`);
  return kept.trim();
}

/** A secret in a file of its own, readable for its owner only. */
async function keepSecret(file: string, shortest: number, make: () => string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim().length >= shortest) return kept.trim();
  const secret = make();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

async function readTokens(file: string): Promise<TokenEntry[]> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const wrong = (what: string) =>
    new StartError(`${file}: ${what}. Mend it, or remove it to have new tokens made (sources then need the new one).`);
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    throw wrong('is not JSON');
  }
  const result = TokenFileSchema.safeParse(written);
  if (!result.success) throw wrong(result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; '));
  return result.data;
}

/** Written beside and moved into place: ingest reads the file whenever it changes and must never see half of it. */
async function writeTokens(file: string, entries: TokenEntry[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(entries, null, 2)}\n`, { mode: 0o600 });
  await chmod(beside, 0o600);
  await rename(beside, file);
}
