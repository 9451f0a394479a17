import { connect, type IPublishPacket } from 'mqtt';
import type { Logger } from 'pino';
import { faultFields } from '../../fault-fields.ts';
import type { MqttFeed } from '../../schema/feed.ts';
import type { Collected, DropReason } from '../collecting-source.ts';
import { writeSender } from '../reading/sender.ts';
import { takeOverAcknowledging } from './acknowledge.ts';

/** Pause before a broker is tried again, and longest wait for its answer, in milliseconds. */
const RECONNECT_MS = 2_000;
const CONNECT_MS = 10_000;

/** What a subscription is made with. */
export interface SubscriptionOptions {
  /** The name of the feed. */
  id: string;
  feed: MqttFeed;
  variable: (name: string) => string | undefined;
  intake: Collected;
  log: Logger;
  onFault: (fault: string) => void;
  reconnect_ms?: number;
}

/** A session with a broker. */
export interface Subscription {
  /** Takes nothing more; what was not acknowledged the broker sends to the next session. */
  close: () => Promise<void>;
}

/**
 * Subscribes to the topics of a feed with QoS 1, in a session that the broker keeps: a message is acknowledged when it stands on our disk, so that neither a
 * restart nor a kill -9 loses one. At the bound of the spool nothing is read from the socket, and the broker keeps what comes.
 */
export function subscribe(options: SubscriptionOptions): Subscription {
  const { id, feed, variable, intake, log, onFault } = options;
  const { username_env, password_env } = feed;
  const client = connect(feed.url, {
    clientId: feed.client_id ?? `toan-canh-${id}`,
    clean: false,
    // the session of 3.1.1 lasts until the broker forgets it; 5.0 would want a term
    protocolVersion: 4,
    reconnectPeriod: options.reconnect_ms ?? RECONNECT_MS,
    connectTimeout: CONNECT_MS,
    resubscribe: false,
    username: username_env === undefined ? undefined : variable(username_env),
    password: password_env === undefined ? undefined : variable(password_env),
  });
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()));
  const receiptOf = takeOverAcknowledging(client);
  // also into a session that the broker kept: the file may name other topics now
  client.on('connect', () => {
    log.info('connected');
    client.subscribe(feed.topics, { qos: 1 }, (error, granted) => {
      if (!error && granted?.every(({ qos }) => qos === 1)) return;
      onFault('subscribe');
      log.warn(faultFields(error), 'the broker does not grant all topics');
    });
  });
  client.on('error', (error) => {
    onFault('connect');
    log.warn(faultFields(error), 'the broker cannot be used');
  });
  const take = async (packet: IPublishPacket): Promise<void> => {
    const { spool } = intake;
    const receipt = receiptOf(packet);
    const drop = (reason: DropReason): void => {
      intake.drop('mqtt', reason, 1);
      receipt?.acknowledge();
    };
    const bytes = Buffer.from(packet.payload);
    // this is how a retained message is taken away
    if (bytes.length === 0) return drop('empty');
    if (bytes.length > spool.record_bytes) return drop('too_large');
    const sender = writeSender({ feed: id, form: packet.retain ? 'retained' : 'document', topic: packet.topic });
    for (;;) {
      await Promise.race([spool.room(), closed]);
      // not taken and not acknowledged: the broker sends it again
      if (receipt?.isCurrent() === false) return;
      if (closing.signal.aborted || spool.isClosed) return receipt ? undefined : drop('spool_full');
      if (spool.append(sender, bytes)) break;
    }
    intake.receive('mqtt', 1);
    if (receipt) void spool.keep().then((isKept) => isKept && receipt.acknowledge());
  };
  client.handleMessage = (packet, done) => void take(packet).then(() => done());
  return {
    close: async () => {
      closing.abort();
      await intake.spool.keep();
      await client.endAsync();
    },
  };
}
