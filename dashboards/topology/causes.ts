import type { Network } from './network.ts';
import { groupBy, unitOf, type PlacedLink } from './placed-links.ts';

/** What is broken: the centre's reach as a whole, a ring, or one link. `id` is the ring's, or the link's key. */
export interface Cause {
  kind: 'centre' | 'ring' | 'link';
  id: string;
}

/** What explains each dead link, and the links by which each unit is reached. */
export interface Causes {
  /** The cause of a dead link. */
  of: (link: PlacedLink) => Cause;
  /** The links that reach the unit of a path: its own, or those of the nearest unit above that has any. */
  access: (path: string) => readonly PlacedLink[];
  /** Of these links the one that was lost last, when none is known to be up and one is down; undefined while there may be a way. */
  lastLost: (links: readonly PlacedLink[]) => PlacedLink | undefined;
}

const CENTRE: Cause = { kind: 'centre', id: '' };

/**
 * Finds causes. A ring is cut when all its links that can be seen, two or more, are down, and explains the rings behind it that are cut too; the centre
 * is cut off when more is down than behind any one ring, and most of what the topology has can be seen. A dead link that hangs from a unit which is cut off
 * itself is explained by what cut that unit off.
 */
export function findCauses(network: Network, links: readonly PlacedLink[]): Causes {
  const near = nearestCauses(network, links);
  const byPath = groupBy(links, ({ path }) => path);
  const planned = new Set(network.links.map(({ unit }) => unit));
  const pathOfUnit = new Map([...network.paths, ...byPath.keys()].map((path) => [unitOf(path), path]));
  const access = (path: string): readonly PlacedLink[] => {
    for (let at = path; at.length > 1; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const found = byPath.get(at);
      // a link that nobody has heard of yet: neither that it is up nor that another takes its place
      if (found || planned.has(unitOf(at))) return found ?? [];
    }
    return [];
  };
  const dead = groupBy(
    links.filter(({ condition }) => condition === 'down'),
    (link) => nameOf(near(link)),
  );
  /** What explains a cause one step further up: all its links hang from one unit, and that unit is cut off. */
  const above = (cause: Cause): Cause | undefined => {
    const own = dead.get(nameOf(cause)) ?? [];
    const from = own[0]?.from ?? '';
    const path = pathOfUnit.get(from);
    if (path === undefined || own.some((link) => link.from !== from)) return undefined;
    const lost = lastLost(access(path));
    return lost && near(lost);
  };
  const root = (cause: Cause): Cause => {
    const passed: Cause[] = [cause];
    for (let at = above(cause); at; at = above(at)) {
      const again = passed.findIndex((one) => nameOf(one) === nameOf(at));
      // links that hang from each other in a circle explain nothing: each of them stands for itself
      if (again !== -1) return passed[again] ?? cause;
      passed.push(at);
    }
    return passed.at(-1) ?? cause;
  };
  return { of: (link) => root(near(link)), access, lastLost };
}

/** The name of a cause, by which it is told from others. */
export function nameOf({ kind, id }: Cause): string {
  return `${kind} ${id}`;
}

function lastLost(links: readonly PlacedLink[]): PlacedLink | undefined {
  if (links.some(({ condition }) => condition === 'up')) return undefined;
  const lost = links.filter(({ condition }) => condition === 'down');
  return lost.toSorted((a, b) => b.alive_at - a.alive_at || (a.key < b.key ? -1 : 1))[0];
}

/** By rings alone: the highest of the rings above a dead link that carry nothing any more, the centre, or the link itself. */
function nearestCauses(network: Network, links: readonly PlacedLink[]): (link: PlacedLink) => Cause {
  const behind = new Map(network.rings.map((ring) => [ring.id, ring.behind]));
  const ringsOf = (link: PlacedLink): string[] => {
    const chain: string[] = [];
    for (let at: string | undefined = link.ring; at && !chain.includes(at); at = behind.get(at)) chain.push(at);
    return chain;
  };
  const told = links.filter(({ condition }) => condition !== 'silent');
  const carried = groupBy(told, ({ ring }) => ring);
  const below = groupBy(
    told.flatMap((link) => ringsOf(link).map((ring) => ({ ring, condition: link.condition }))),
    ({ ring }) => ring,
  );
  const highest = (link: PlacedLink): { cause: Cause; links: number } => {
    let best: { cause: Cause; links: number } = { cause: { kind: 'link', id: link.key }, links: 1 };
    for (const ring of ringsOf(link)) {
      const all = below.get(ring) ?? [];
      // a ring without links of its own is judged by those behind it
      if ((carried.get(ring) ?? all).some(({ condition }) => condition === 'up')) break;
      const count = all.filter(({ condition }) => condition === 'down').length;
      // one that explains no more than what is behind it is not to blame
      if (count > best.links) best = { cause: { kind: 'ring', id: ring }, links: count };
    }
    return best;
  };
  const isAllDead =
    network.centre !== undefined &&
    told.length * 2 >= network.links.length &&
    told.every(({ condition }) => condition === 'down');
  const isCentreDead = isAllDead && told.every((link) => highest(link).links < told.length);
  return (link) => (isCentreDead ? CENTRE : highest(link).cause);
}
