import type * as z from 'zod/mini';

const PREFIX = 'toan-canh.reply.';

/** Keeps a reply in the browser's own storage, where there is room. */
export function keepReply(storage: Storage, url: string, reply: unknown): void {
  try {
    storage.setItem(PREFIX + url, JSON.stringify(reply));
  } catch {
    // full, or switched off
  }
}

/** The reply that was kept of a url; undefined when there is none, or it is not what is expected any more. */
export function keptReply<S extends z.ZodMiniType>(storage: Storage, url: string, schema: S): z.output<S> | undefined {
  try {
    const read = schema.safeParse(JSON.parse(storage.getItem(PREFIX + url) ?? 'null'));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
