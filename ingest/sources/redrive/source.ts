import { RequestFault } from '../../errors.ts';
import type { HttpSource } from '../../http/source.ts';
import { parseBody } from '../../http/text.ts';
import type { Intake, Taken } from '../../intake.ts';
import { intakeRowOf } from '../../intake-report.ts';
import { reasonOf } from '../../pipeline/reason.ts';
import { readFeeds } from '../../province.ts';
import type { ReadingFeed } from '../../schema/feed.ts';
import { OWN_SOURCE } from '../../schema/own-source.ts';
import { RedriveRequestSchema, type Letter, type Redriven } from '../../schema/redrive.ts';
import { byFeed, byRequest, isWhole, type SendLetter } from './read-letter.ts';

/** What the source works with. */
export interface RedriveOptions {
  /** The sources whose letters can be sent once more. */
  sources: readonly HttpSource[];
  /** Folder of the feeds, read at each request: their mappings are what was mended. */
  feeds_dir: string;
  /** An intake that stores, and buries nothing: what is refused again is a dead letter already. */
  intake: Intake;
}

/** Entries of the collector whose letters are read by the mapping of a feed. */
const BY_FEED: readonly string[] = ['mqtt', 'poll', 'folder'];

/**
 * Dead letters, sent through the intake once more after what refused them was mended. Events are known by their own keys, so a letter that is sent twice
 * brings nothing twice; and a letter whose events are all stored is noted as mended, in the family of the intake. For the product's own token.
 */
export function createRedriveSource({ sources, feeds_dir, intake }: RedriveOptions): HttpSource {
  return {
    entry: 'redrive',
    url: '/v1/redrive',
    contentTypes: ['application/json'],
    hasTokenInBody: false,
    answer: async ({ body, grant, received_at }) => {
      if (grant?.source !== undefined && grant.source !== OWN_SOURCE) throw new RequestFault('IOC_TOKEN_UNKNOWN');
      const request = RedriveRequestSchema.safeParse(parseBody(body));
      if (!request.success) throw new RequestFault('IOC_BODY_SHAPE', reasonOf(request.error));
      const { letters } = request.data;
      const feeds = letters.some(({ entry }) => BY_FEED.includes(entry))
        ? await readingFeeds(feeds_dir)
        : new Map<string, ReadingFeed>();
      const told: Redriven[] = [];
      for (const letter of letters) {
        const source = sources.find(({ entry }) => entry === letter.entry);
        const send = source
          ? byRequest(source)
          : BY_FEED.includes(letter.entry)
            ? byFeed(feeds, letter.source)
            : undefined;
        told.push(await redrive(letter, send, intake, received_at));
      }
      const mended = told.filter(({ fate }) => fate === 'mended').map((one) => noteOf(one, letters, received_at));
      if (mended.length > 0)
        await intake.take(mended, {
          ...{ entry: 'redrive', source: OWN_SOURCE, simulated: 0, within: undefined },
          received_at,
        });
      return { status: 200, body: { letters: told } };
    },
  };
}

/** The feeds that become readings by a mapping. Throws an Error that names a broken file. */
async function readingFeeds(folder: string): Promise<Map<string, ReadingFeed>> {
  const found = new Map<string, ReadingFeed>();
  for (const [id, feed] of await readFeeds(folder)) if ('mapping' in feed) found.set(id, feed);
  return found;
}

/** Sends one letter. Faults that trying again may mend go up: nothing is said of the letter then. */
async function redrive(
  letter: Letter,
  send: SendLetter | undefined,
  intake: Intake,
  received_at: number,
): Promise<Redriven> {
  const { letter_key } = letter;
  const none = { letter_key, accepted: 0, duplicate: 0 };
  if (!isWhole(letter))
    return { ...none, fate: 'impossible', code: 'IOC_LETTER_CUT', reason: 'only its beginning was kept' };
  if (!send)
    return {
      ...none,
      fate: 'impossible',
      code: 'IOC_LETTER_ENTRY',
      reason: 'its entry keeps too little of how it came',
    };
  const taken: Taken[] = [];
  const noting: Intake = {
    bury: () => Promise.resolve(),
    take: async (...asked) => {
      const one = await intake.take(...asked);
      taken.push(one);
      return one;
    },
  };
  try {
    await send(letter, noting, received_at);
  } catch (error) {
    if (!(error instanceof RequestFault) || error.status >= 500) throw error;
    return { ...none, fate: 'refused', code: error.code, reason: error.message };
  }
  // a source may take the same elements twice, to amend what is stored: its first word on each is what counts
  const reply = taken[0]?.reply ?? { accepted: 0, duplicate: 0, rejected: [] };
  const { accepted, duplicate, rejected } = reply;
  const [first] = rejected;
  if (first) return { letter_key, accepted, duplicate, fate: 'refused', code: first.code, reason: first.reason };
  if (accepted + duplicate === 0)
    return { ...none, fate: 'refused', code: 'IOC_EVENT_DATA', reason: 'there is no event in it' };
  return { letter_key, accepted, duplicate, fate: 'mended', code: '', reason: '' };
}

/** The event that a letter was mended. */
function noteOf({ letter_key, accepted, duplicate }: Redriven, letters: readonly Letter[], at: number) {
  const { entry = '', source = '', unit = '' } = letters.find((letter) => letter.letter_key === letter_key) ?? {};
  const data = { entry, name: source, accepted, duplicate };
  // it belongs where the letter does, so that whoever sees the one sees the other
  const row = { ...intakeRowOf({ type: 'intake.redriven', subject: letter_key, process: 'ingest', at, data }), unit };
  return { sent: '', source: row.source, unit: '', read: [{ family: 'intake' as const, row }] };
}
