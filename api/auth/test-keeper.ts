import { randomUUID } from 'node:crypto';
import { AuthEventSchema } from './auth-event.ts';
import { createDirectory } from './directory.ts';
import type { Keeper } from './keeper.ts';

/** For tests: a keeper that stores nothing. `now` is epoch ms. */
export function createTestKeeper(now: () => number = Date.now): Keeper {
  const directory = createDirectory();
  return {
    directory,
    isLoaded: () => true,
    keep: (happened) => {
      for (const event of happened) directory.apply(AuthEventSchema.parse({ ...event, at: now(), id: randomUUID() }));
      return Promise.resolve();
    },
    listen: () => undefined,
    read: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
