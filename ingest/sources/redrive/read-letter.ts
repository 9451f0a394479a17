import type { IncomingHttpHeaders } from 'node:http';
import type { HttpSource } from '../../http/source.ts';
import { parseLine } from '../../http/text.ts';
import type { Element, Intake } from '../../intake.ts';
import type { ReadingFeed } from '../../schema/feed.ts';
import type { Letter } from '../../schema/redrive.ts';
import { createReadFeed } from '../reading/read-feed.ts';
import { writeSender } from '../reading/sender.ts';

/** Sends what a letter holds into an intake once more. */
export type SendLetter = (letter: Letter, intake: Intake, received_at: number) => Promise<void>;

/** Ends what was cut when it was kept. */
const CUT = '…';
const NO_HEADERS: IncomingHttpHeaders = {};

/** True when all of the payload was kept. */
export const isWhole = ({ payload }: Letter): boolean => !payload.endsWith(CUT);

const textOf = (text: string): string | undefined => (text === '' ? undefined : text);

/** By a source of requests: as its sender would send it now. */
export function byRequest(source: HttpSource): SendLetter {
  return async (letter, intake, received_at) => {
    const { body, query } = requestOf(letter);
    await source.answer(
      {
        ...{ body: Buffer.from(body), contentType: 'application/json', headers: NO_HEADERS, query, received_at },
        grant: { source: textOf(letter.source), simulated: letter.simulated, unit: textOf(letter.within) },
      },
      intake,
    );
  };
}

/** What stands around the payload: dead letters of the national format are single dossiers or steps, without the envelope that says which. */
function requestOf({ entry, payload, unit }: Letter): { body: string; query: Record<string, string> } {
  if (entry === 'events') return { body: payload, query: {} };
  if (entry !== 'dvcqg') return { body: payload, query: unit === '' ? {} : { unit } };
  const sent = parseLine(payload);
  const isEnvelope = typeof sent === 'object' && sent !== null && ('service' in sent || 'data' in sent);
  if (isEnvelope || Array.isArray(sent)) return { body: payload, query: {} };
  const isDossier = typeof sent === 'object' && sent !== null && ('NgayTiepNhan' in sent || 'MaTTHC' in sent);
  const service = isDossier ? 'DongBoHoSoMC' : 'CapNhatTienDoHoSoMC';
  return { body: `{"service":"${service}","data":[${payload}]}`, query: {} };
}

/** By the mapping of the feed that the letter's source has now; undefined when no feed has it. */
export function byFeed(feeds: ReadonlyMap<string, ReadingFeed>, source: string): SendLetter | undefined {
  const found = [...feeds].find(([, feed]) => feed.source === source);
  if (!found) return undefined;
  const [id, feed] = found;
  const read = createReadFeed(new Map([found]), () => undefined);
  const sender = writeSender({ feed: id, form: feed.kind === 'mqtt' ? 'document' : 'row', topic: '' });
  return async ({ letter_key, payload, entry, simulated, within }, intake, received_at) => {
    const bytes = Buffer.from(payload);
    // what names no time of its own is known by the letter
    const told = read(bytes, 0, bytes.length, { event_key: letter_key.replaceAll('-', ''), sender, received_at });
    if (!('result' in told) || told.result !== 'several') return;
    const elements = told.events.map((event): Element => ({
      sent: payload,
      source,
      unit: '',
      read: 'result' in event ? event : [event],
    }));
    await intake.take(elements, { entry, source, simulated, within: textOf(within), received_at });
  };
}
