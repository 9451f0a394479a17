import { compareOids } from './oid.ts';
import type { SnmpSession } from './session.ts';
import type { SnmpValue } from './snmp-value.ts';

/** A session with an agent that is a list of objects in memory, without a network between. */
export function createMemoryAgent(first: Record<string, SnmpValue>): SnmpSession & { objects: Map<string, SnmpValue> } {
  const objects = new Map(Object.entries(first));
  const after = (oid: string) => [...objects.keys()].sort(compareOids).find((other) => compareOids(other, oid) > 0);
  return {
    objects,
    get: (oids) => Promise.resolve(oids.map((oid) => ({ oid, value: objects.get(oid) ?? null }))),
    getBulk: (oids) =>
      Promise.resolve(
        oids.map((oid) => {
          const next = after(oid);
          return [{ oid: next ?? oid, value: next === undefined ? null : (objects.get(next) ?? null) }];
        }),
      ),
    close: () => undefined,
  };
}
