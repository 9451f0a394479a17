import type { Network } from './network.ts';

/** How a link is: `silent` is one that sent samples and does not any more, so nobody knows. */
export type LinkCondition = 'up' | 'down' | 'silent';

/** A link as its sources tell of it. */
export interface SeenLink {
  link_id: string;
  /** Path of the unit at its far end. */
  path: string;
  /** What its events say of its near end and ring; empty where they say nothing. */
  from_unit: string;
  ring: string;
  condition: LinkCondition;
  /** When it was last seen alive (epoch ms). */
  alive_at: number;
}

/** A link in its place: `key` is its own, `from` the unit that it hangs from, empty for the centre. */
export interface PlacedLink {
  key: string;
  link_id: string;
  path: string;
  unit: string;
  from: string;
  ring: string;
  /** The ring that its events say, by which lists know it. */
  told_ring: string;
  condition: LinkCondition;
  alive_at: number;
}

/** Puts links in their places, in one order whatever the order they came in: the topology's word goes before that of the sources. */
export function placeLinks(network: Network, links: readonly SeenLink[]): PlacedLink[] {
  const known = new Map(network.links.map((link) => [link.id, link]));
  return links
    .map((link) => {
      const { link_id, path, condition, alive_at } = link;
      const planned = known.get(link_id);
      const unit = unitOf(path);
      const near = planned ? (planned.from ?? '') : link.from_unit;
      const from = near === network.centre || near === unit ? '' : near;
      return {
        key: `${path} ${link_id}`,
        link_id,
        path,
        unit,
        from,
        ring: planned?.ring ?? link.ring,
        told_ring: link.ring,
        condition,
        alive_at,
      };
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1));
}

/** The code of the unit that a path ends with. */
export function unitOf(path: string): string {
  return path.split('/').at(-2) ?? '';
}

/** Groups by a key, in the order of the values. */
export function groupBy<T>(values: Iterable<T>, keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
