import type { Logger } from 'pino';
import type { MqttFeed } from '../../schema/feed.ts';
import type { CollectingSource } from '../collecting-source.ts';
import { createReadFeed } from '../reading/read-feed.ts';
import { subscribe, type Subscription } from './subscription.ts';

/** What the source is made with. */
export interface MqttOptions {
  feeds: ReadonlyMap<string, MqttFeed>;
  /** The value of an environment variable that a feed names. */
  variable: (name: string) => string | undefined;
  log: Logger;
  /** Told of each record with something wrong about it, and of each time that a broker could not be reached. */
  onFault: (fault: string) => void;
}

/** Readings from brokers of MQTT. A broker that is away does not hold up the start: it is tried again for ever. */
export function createMqttSource({ feeds, variable, log, onFault }: MqttOptions): CollectingSource {
  const subscriptions: Subscription[] = [];
  return {
    entry: 'mqtt',
    read: createReadFeed(feeds, onFault),
    start: (intake) => {
      for (const [id, feed] of feeds)
        subscriptions.push(subscribe({ id, feed, variable, intake, onFault, log: log.child({ feed: id }) }));
      return Promise.resolve();
    },
    close: async () => {
      await Promise.all(subscriptions.map((subscription) => subscription.close()));
    },
  };
}
