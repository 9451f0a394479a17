import { connect } from 'node:net';
import type { ReachTarget } from '../../schema/probe.ts';
import { ping } from './ping.ts';

/** How a host was reached: the mean time of an answer, null when there was none; the share of requests without one, 0 to 1. */
export interface Reached {
  latency_ms: number | null;
  loss_ratio: number;
}

/** Looks whether a host answers. Never rejects; what `signal` ends is not answered. */
export type Reach = (target: ReachTarget, signal: AbortSignal) => Promise<Reached>;

/** Opens one connection and closes it: how long it took, in milliseconds. A refusal is an answer; null when nothing came in time. */
function knock(host: string, port: number, timeout_ms: number, signal: AbortSignal): Promise<number | null> {
  const begun = performance.now();
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (answered: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.destroy();
      done(answered ? performance.now() - begun : null);
    };
    const stop = (): void => end(false);
    const timer = setTimeout(stop, timeout_ms);
    signal.addEventListener('abort', stop);
    socket.once('connect', () => end(true));
    socket.once('error', (error) => end('code' in error && error.code === 'ECONNREFUSED'));
  });
}

/** Reaches a host by opening connections, one after the other. */
export const reachByTcp: Reach = async ({ host, port, count, timeout_s }, signal) => {
  const times: number[] = [];
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    const took = await knock(host, port, timeout_s * 1_000, signal);
    if (took !== null) times.push(took);
  }
  const latency_ms = times.length === 0 ? null : times.reduce((sum, took) => sum + took, 0) / times.length;
  return { latency_ms, loss_ratio: 1 - times.length / count };
};

/** Reaches hosts by echo requests where they may be sent, else by TCP: the machine is asked once, of itself. */
export async function createReach(): Promise<{ reach: Reach; by: 'icmp' | 'tcp' }> {
  const test = await ping('127.0.0.1', { count: 1, timeout_ms: 1_000, signal: new AbortController().signal });
  if (test?.loss_ratio !== 0) return { reach: reachByTcp, by: 'tcp' };
  return {
    by: 'icmp',
    reach: async (target, signal) => {
      const { host, count, timeout_s } = target;
      const reached = await ping(host, { count, timeout_ms: timeout_s * 1_000, signal });
      // a name that is not known is not there
      return reached ?? { latency_ms: null, loss_ratio: 1 };
    },
  };
}
