import { join } from 'node:path';
import type { Logger } from 'pino';
import type { PollFeed } from '../../schema/feed.ts';
import type { CollectingSource } from '../collecting-source.ts';
import { createReadFeed } from '../reading/read-feed.ts';
import { poll } from './poll.ts';

/** What the source is made with. */
export interface PollSourceOptions {
  feeds: ReadonlyMap<string, PollFeed>;
  /** Folder of what is remembered between polls, a file for each feed. */
  state_dir: string;
  /** The value of an environment variable that a feed names. */
  variable: (name: string) => string | undefined;
  log: Logger;
  /** Told of each record with something wrong about it, and of each poll that failed. */
  onFault: (fault: string) => void;
}

/** Readings that are asked for over HTTP, a loop for each feed. */
export function createPollSource({ feeds, state_dir, log, ...common }: PollSourceOptions): CollectingSource {
  const ending = new AbortController();
  const loops: Promise<void>[] = [];
  return {
    entry: 'poll',
    read: createReadFeed(feeds, common.onFault),
    start: (intake) => {
      for (const [id, feed] of feeds) {
        const state_file = join(state_dir, `${id}.json`);
        loops.push(poll({ ...common, id, feed, state_file, intake, log: log.child({ feed: id }) }, ending.signal));
      }
      return Promise.resolve();
    },
    close: async () => {
      ending.abort();
      await Promise.all(loops);
    },
  };
}
