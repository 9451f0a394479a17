import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SyslogLine } from './syslog-life.ts';

/** What telling works with. */
export interface TellerOptions {
  host: string;
  port: number;
  linesBetween: (from: number, to: number) => SyslogLine[];
  /** The present, epoch ms. */
  clock: () => number;
  signal: AbortSignal;
  /** Time between two rounds, in milliseconds. @default 500 */
  tick_ms?: number;
}

/** Sends lines as devices do, when they happen and without knowing whether anybody hears, until the signal aborts. */
export async function tellSyslog({
  host,
  port,
  linesBetween,
  clock,
  signal,
  tick_ms = 500,
}: TellerOptions): Promise<void> {
  const udp = createSocket('udp4');
  // nobody listens: a datagram is lost, as theirs are
  udp.on('error', () => undefined);
  let tcp: Socket | undefined;
  const stream = (): Socket => {
    if (tcp && !tcp.destroyed) return tcp;
    tcp = connect(port, host);
    tcp.on('error', () => undefined);
    return tcp;
  };
  let told = clock();
  while (!signal.aborted) {
    const now = clock();
    for (const { transport, text } of linesBetween(told, now)) {
      if (transport === 'udp') udp.send(text, port, host, () => undefined);
      else stream().write(`${text}\n`);
    }
    told = now;
    await sleep(tick_ms, undefined, { signal }).catch(() => undefined);
  }
  udp.close();
  tcp?.destroy();
}
