/** What stands beside a record in the spool: by which feed it came, how it is to be read, and on which topic. */
export interface FeedSender {
  /** The name of the feed's file. */
  feed: string;
  /** `document` holds records as the feed's `records` says; `row` is one record; `broken` could not be taken apart; `retained` is a document that a broker had kept, for who knows how long. */
  form: 'document' | 'row' | 'retained' | 'broken';
  /** Empty where there are none. */
  topic: string;
}

/** Longest topic that is kept, in bytes. A topic of a longer one is cut, and its records are refused. */
const TOPIC_BYTES = 400;

/** Writes the sender of a record: a name of at most 512 bytes. */
export function writeSender({ feed, form, topic }: FeedSender): string {
  const bytes = Buffer.from(topic);
  return `${feed} ${form} ${bytes.length > TOPIC_BYTES ? `${bytes.toString('utf8', 0, TOPIC_BYTES)}\n` : topic}`;
}

const SENDER = /^(\S+) (document|row|retained|broken) (.*?)(\n?)$/s;

/** Reads what `writeSender` wrote; undefined for what it did not, and `isCut` for a topic that was too long. */
export function readSender(sender: string): (FeedSender & { isCut: boolean }) | undefined {
  const [, feed = '', form, topic = '', end] = SENDER.exec(sender) ?? [];
  if (form !== 'document' && form !== 'row' && form !== 'retained' && form !== 'broken') return undefined;
  return { feed, form, topic, isCut: end === '\n' };
}
