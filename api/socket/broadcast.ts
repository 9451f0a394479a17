import { rooms, type Follow } from '../live/follow.ts';
import type { Live, LiveListener } from '../live/live.ts';
import type { SlowViewers } from '../live/slow.ts';
import type { Metrics } from '../metrics.ts';
import type { Io, ViewerSocket } from './io.ts';

/** Room of the viewers that have fallen behind: what is sent to a room leaves them out. */
const BEHIND = 'behind';

/** What is sent with. */
export interface BroadcastOptions {
  live: Live;
  follow: Follow<ViewerSocket>;
  slow: SlowViewers;
  metrics: Metrics;
}

/**
 * Sends what the live path tells, once a room: the text is made once for however many viewers. A viewer that does not keep up is left
 * out until it does and then skips to the latest: its next pulse shows it which keys have moved on, and it asks for those.
 */
export function broadcast(io: Io, { live, follow, slow, metrics }: BroadcastOptions): LiveListener {
  return {
    changed: (snapshot, change) => {
      const { key, seq, at, query_ms, failure } = snapshot;
      const room = io.to(key).except(BEHIND);
      if (change) room.emit('key:diff', { key, seq, at, query_ms, failure, ...change });
      else room.emit('key:snapshot', snapshot);
      metrics.diffs.inc({ form: change ? 'diff' : 'whole' });
    },
    pulse: (scope, pulse) => io.to(rooms.scope(scope)).except(BEHIND).emit('pulse', pulse),
    ticked: () => {
      metrics.ticks.inc();
      const { fallen, caught_up } = slow.look();
      metrics.skipped.inc(fallen.length);
      for (const id of fallen) io.in(id).socketsJoin(BEHIND);
      for (const id of caught_up) {
        io.in(id).socketsLeave(BEHIND);
        const socket = io.sockets.sockets.get(id);
        const scope = socket && follow.scopeOf(socket);
        if (scope !== undefined) socket?.emit('pulse', live.pulses.of(scope));
      }
    },
  };
}
