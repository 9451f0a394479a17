import type { Logger } from 'pino';
import type { Feed, FolderFeed, MqttFeed, PollFeed } from '../schema/feed.ts';
import type { CollectingSource } from '../sources/collecting-source.ts';
import { createFolderSource } from '../sources/folder/source.ts';
import { createMqttSource } from '../sources/mqtt/source.ts';
import { createPollSource } from '../sources/poll/source.ts';

/** What the sources are made with. */
export interface ReadingSourcesOptions {
  /** All feeds that are on; those of other kinds are passed over. */
  feeds: ReadonlyMap<string, Feed>;
  /** Folder of what feeds remember between their runs. */
  state_dir: string;
  variable: (name: string) => string | undefined;
  log: Logger;
  onFault: (entry: string, fault: string) => void;
}

/** The sources of feeds that become readings by a mapping: one for each kind that there is a feed of. */
export function createReadingSources({
  feeds,
  state_dir,
  variable,
  log,
  onFault,
}: ReadingSourcesOptions): CollectingSource[] {
  const mqtt = new Map<string, MqttFeed>();
  const polled = new Map<string, PollFeed>();
  const folders = new Map<string, FolderFeed>();
  for (const [id, feed] of feeds) {
    if (feed.kind === 'mqtt') mqtt.set(id, feed);
    if (feed.kind === 'poll') polled.set(id, feed);
    if (feed.kind === 'folder') folders.set(id, feed);
  }
  const common = (entry: string) => ({
    log: log.child({ entry }),
    onFault: (fault: string) => onFault(entry, fault),
  });
  return [
    ...(mqtt.size > 0 ? [createMqttSource({ feeds: mqtt, variable, ...common('mqtt') })] : []),
    ...(polled.size > 0 ? [createPollSource({ feeds: polled, state_dir, variable, ...common('poll') })] : []),
    ...(folders.size > 0 ? [createFolderSource({ feeds: folders, ...common('folder') })] : []),
  ];
}
