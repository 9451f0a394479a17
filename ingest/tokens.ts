import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { z } from 'zod';

const TokensSchema = z.array(
  z.strictObject({
    token: z.string().min(16),
    /** `*`: the sender names its source. */
    source: z.string().min(1).max(256),
    simulated: z.boolean().default(false),
    /** Code of the unit that its events must be of, or of units below it; any when absent. */
    unit: z.string().min(1).max(64).optional(),
  }),
);

/** What a token allows. */
export interface Grant {
  /** The source that everything sent with it belongs to; undefined when the sender names it. */
  source: string | undefined;
  simulated: 0 | 1;
  /** The unit that events must be of, or of units below it. */
  unit: string | undefined;
}

/** The tokens of all sources. */
export interface Tokens {
  /** The grant of a token; undefined when it is not known. Takes the same time for every wrong token. */
  find: (token: string) => Grant | undefined;
  /** Reads the file again when it has changed. One that is not valid leaves the last good tokens in force, and is logged. */
  refresh: () => Promise<void>;
  /** How many tokens are in force. */
  count: () => number;
}

/** Where tokens come from. */
export interface TokensOptions {
  file: string;
  /** One token for every source, beside those of the file. */
  extra: string | undefined;
  log: Pick<Logger, 'warn' | 'info'>;
}

interface Known extends Grant {
  digest: Buffer;
}

/** Tokens are compared by digest: equal lengths, no early end, and the plain text is not kept. */
const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

function known({ token, source, simulated, unit }: z.output<typeof TokensSchema>[number]): Known {
  return { digest: digestOf(token), source: source === '*' ? undefined : source, simulated: simulated ? 1 : 0, unit };
}

/** Makes the set of tokens and reads the file once. */
export async function openTokens({ file, extra, log }: TokensOptions): Promise<Tokens> {
  const always = extra === undefined ? [] : [known({ token: extra, source: '*', simulated: false })];
  let tokens = always;
  let seen = '';
  const refresh = async () => {
    const state = await stat(file).catch(() => undefined);
    const mark = state ? `${state.mtimeMs}:${state.size}:${state.ino}` : '';
    if (mark === seen) return;
    seen = mark;
    if (!state) {
      tokens = always;
      return;
    }
    try {
      const read = TokensSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      tokens = [...always, ...read.map(known)];
      log.info({ tokens: tokens.length }, 'tokens read');
    } catch {
      // the error would quote the text, which holds the tokens
      log.warn({ file }, 'the token file is not valid; the last good tokens stay in force');
    }
  };
  await refresh();
  return {
    refresh,
    count: () => tokens.length,
    find: (token) => {
      const digest = digestOf(token);
      let found: Known | undefined;
      for (const entry of tokens) if (timingSafeEqual(entry.digest, digest)) found = entry;
      return found === undefined ? undefined : { source: found.source, simulated: found.simulated, unit: found.unit };
    },
  };
}
