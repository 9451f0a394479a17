/** The requests that a message can travel in. New and changed dossiers differ by `isUpdating`, which is said once for a request. */
export const ENTRIES = ['dossier_new', 'dossier_changed', 'step', 'event', 'eve'] as const;
export type Entry = (typeof ENTRIES)[number];

/** One record of a public protocol, at the instant when its system sends it. */
export interface Message {
  /** When it is sent, epoch ms. */
  at: number;
  entry: Entry;
  /** Settles the order of messages of the same instant. */
  key: string;
  /** JSON text of the record. */
  text: string;
}

/** A part of the province's life: its messages in order of `at` and `key`, from an instant on and without end. */
export interface Feed {
  from: (instant: number) => Generator<Message, never>;
}

/** Orders two messages. */
export function before(a: Message, b: Message): number {
  return a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

/**
 * A feed whose every stretch of time can be worked out by itself.
 *
 * @param width_ms length of a stretch; `make` gives the messages from its start to before its end, in any order
 */
export function createStretchFeed(width_ms: number, make: (start: number) => Message[]): Feed {
  return {
    *from(instant) {
      for (let start = Math.floor(instant / width_ms) * width_ms; ; start += width_ms)
        for (const message of make(start).sort(before)) if (message.at >= instant) yield message;
    },
  };
}

/** The CloudEvent of a measurement. `id` is made of what it is about, so it is the same whenever it is sent. */
export function cloudEvent(event: {
  source: string;
  type: string;
  subject: string;
  unit: string;
  at: number;
  data: Record<string, string | number | null>;
}): string {
  const { source, type, subject, unit, at, data } = event;
  const id = `${type}:${subject}:${at}`;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type,
    time: new Date(at).toISOString(),
    subject,
    unit,
    data,
  });
}
