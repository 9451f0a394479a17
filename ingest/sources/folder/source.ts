import type { Logger } from 'pino';
import type { FolderFeed } from '../../schema/feed.ts';
import type { CollectingSource } from '../collecting-source.ts';
import { createReadFeed } from '../reading/read-feed.ts';
import { watch } from './watch.ts';

/** What the source is made with. */
export interface FolderOptions {
  feeds: ReadonlyMap<string, FolderFeed>;
  log: Logger;
  /** Told of each record and each file with something wrong about it. */
  onFault: (fault: string) => void;
}

/** Readings from files that are dropped into folders. A folder that is not there is made. */
export function createFolderSource({ feeds, log, onFault }: FolderOptions): CollectingSource {
  const ending = new AbortController();
  const watches: Promise<void>[] = [];
  return {
    entry: 'folder',
    read: createReadFeed(feeds, onFault),
    start: (intake) => {
      for (const [id, feed] of feeds)
        watches.push(watch({ id, feed, intake, onFault, log: log.child({ feed: id }) }, ending.signal));
      return Promise.resolve();
    },
    close: async () => {
      ending.abort();
      await Promise.all(watches);
    },
  };
}
