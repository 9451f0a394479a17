const PREFIX = 'toan-canh.kept.';
/** Replies that are kept; the oldest leave first. Ten units' pages have room. */
const MOST = 80;

/** What is stored of a reply: when it was stored, by the computer's own clock, only to tell older from newer. */
interface Stored {
  stored: number;
  reply: unknown;
}

function parse(text: string | null): Stored | undefined {
  if (text === null) return undefined;
  const read: unknown = JSON.parse(text);
  if (typeof read !== 'object' || read === null || !('stored' in read) || !('reply' in read)) return undefined;
  return typeof read.stored === 'number' ? { stored: read.stored, reply: read.reply } : undefined;
}

/** The reply to `url` that was kept last, unchecked; undefined when there is none or the browser stores nothing. */
export function recallReply(url: string): unknown {
  try {
    return parse(localStorage.getItem(PREFIX + url))?.reply;
  } catch {
    return undefined;
  }
}

/** Keeps a reply for a time when the server cannot be reached. What finds no room is not kept. */
export function keepReply(url: string, reply: unknown): void {
  try {
    localStorage.setItem(PREFIX + url, JSON.stringify({ stored: Date.now(), reply } satisfies Stored));
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    if (keys.length <= MOST) return;
    const age = (key: string): number => parse(localStorage.getItem(key))?.stored ?? 0;
    const oldest = keys.map((key) => ({ key, stored: age(key) })).sort((one, other) => one.stored - other.stored);
    for (const { key } of oldest.slice(0, keys.length - MOST)) localStorage.removeItem(key);
  } catch {
    // full, or switched off on some kiosks: the page works, and forgets when it is reloaded
  }
}

/** Forgets what was kept of `url`: the server says that it is not, or no longer, for whoever looks. */
export function forgetReply(url: string): void {
  try {
    localStorage.removeItem(PREFIX + url);
  } catch {
    // nothing was kept
  }
}

/** Forgets all that was kept: somebody else may be at this computer next. */
export function forgetReplies(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
