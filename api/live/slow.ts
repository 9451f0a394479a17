/** The part of a connection that tells whether its viewer keeps up. */
export interface Connection {
  transport: { writable: boolean };
  on: (event: 'drain', listener: () => void) => unknown;
}

/** Finds viewers that do not keep up. */
export interface SlowViewers {
  add: (id: string, connection: Connection) => void;
  remove: (id: string) => void;
  /** Compares with the last look; says who has fallen behind and who has caught up since. */
  look: () => { fallen: string[]; caught_up: string[] };
}

/**
 * Watches connections. One is behind when it could not be written to at two looks in a row and wrote nothing in between: what was
 * sent waits in memory. Leaving it out until it has caught up bounds that memory, and it then skips to the latest.
 */
export function createSlowViewers(): SlowViewers {
  const watched = new Map<
    string,
    { connection: Connection; drains: number; last: number | undefined; isBehind: boolean }
  >();
  return {
    add: (id, connection) => {
      const state = { connection, drains: 0, last: undefined, isBehind: false };
      connection.on('drain', () => (state.drains += 1));
      watched.set(id, state);
    },
    remove: (id) => watched.delete(id),
    look: () => {
      const fallen: string[] = [];
      const caught_up: string[] = [];
      for (const [id, state] of watched) {
        const { writable } = state.connection.transport;
        const isStuck = !writable && state.last === state.drains;
        state.last = writable ? undefined : state.drains;
        if (isStuck && !state.isBehind) fallen.push(id);
        if (writable && state.isBehind) caught_up.push(id);
        if (isStuck) state.isBehind = true;
        else if (writable) state.isBehind = false;
      }
      return { fallen, caught_up };
    },
  };
}
