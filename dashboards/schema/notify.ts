import type { Escalation } from './escalation.ts';
import type { Inhibition } from './inhibition.ts';
import type { Receiver } from './receiver.ts';
import type { Roster } from './roster.ts';
import type { Route } from './route.ts';

/** Who is told of alerts, and of which not: the files that belong together, by their ids. Routes are in the order in which they are asked. */
export interface NotifyFiles {
  routes: ReadonlyMap<string, Route>;
  receivers: ReadonlyMap<string, Receiver>;
  inhibitions: ReadonlyMap<string, Inhibition>;
  rosters: ReadonlyMap<string, Roster>;
  escalations: ReadonlyMap<string, Escalation>;
}

/** Nobody is told of anything. */
export const NOBODY: NotifyFiles = {
  routes: new Map(),
  receivers: new Map(),
  inhibitions: new Map(),
  rosters: new Map(),
  escalations: new Map(),
};
