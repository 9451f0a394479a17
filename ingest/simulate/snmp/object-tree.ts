import { ObjectType } from 'net-snmp';
import { compareOids } from '../../sources/snmp/oid.ts';

/** An object as an agent serves it. */
export interface ServedObject {
  oid: string;
  type: ObjectType;
  value: number | string | Buffer | null;
}

/** The objects of a device, in the order of the tree. */
export interface ObjectTree {
  /** The object, or that there is none. */
  get: (oid: string) => ServedObject;
  /** What follows, or that there is nothing more. */
  next: (oid: string) => ServedObject;
  /** Replaces values, or adds objects. */
  set: (...objects: readonly ServedObject[]) => void;
  remove: (oid: string) => void;
}

/** A tree of objects. */
export function createObjectTree(given: readonly ServedObject[]): ObjectTree {
  const byOid = new Map(given.map((object) => [object.oid, object]));
  let order: string[] | undefined;
  const places = new Map<string, number>();
  const sorted = (): readonly string[] => {
    if (order) return order;
    order = [...byOid.keys()].sort(compareOids);
    places.clear();
    for (const [place, oid] of order.entries()) places.set(oid, place);
    return order;
  };
  /** The place of the first object after an OID. */
  const after = (oid: string): number => {
    const all = sorted();
    const known = places.get(oid);
    if (known !== undefined) return known + 1;
    let [from, to] = [0, all.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (compareOids(all[middle] ?? '', oid) <= 0) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return {
    get: (oid) => byOid.get(oid) ?? { oid, type: ObjectType.NoSuchInstance, value: null },
    next: (oid) => byOid.get(sorted()[after(oid)] ?? '') ?? { oid, type: ObjectType.EndOfMibView, value: null },
    set: (...objects) => {
      for (const object of objects) {
        if (!byOid.has(object.oid)) order = undefined;
        byOid.set(object.oid, object);
      }
    },
    remove: (oid) => {
      byOid.delete(oid);
      order = undefined;
    },
  };
}

/** The bytes of a counter of 64 bits. */
export function longCounter(value: bigint): Buffer {
  const bytes = Buffer.alloc(9);
  bytes.writeBigUInt64BE(value, 1);
  return bytes;
}
