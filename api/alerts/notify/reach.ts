import type { Network } from '#dashboards/topology/network.ts';
import { remembered } from '../../remembered.ts';

/** What lies behind a ring or a link: rings and links by id, units by path. */
export interface Behind {
  rings: ReadonlySet<string>;
  links: ReadonlySet<string>;
  paths: ReadonlySet<string>;
}

/** What is cut when a ring, or a link, is: worked out once for each. */
export const reachOf = remembered((network: Network) => {
  const known = new Map<string, Behind>();
  return (cut: { ring: string } | { link: string }): Behind => {
    const key = JSON.stringify(cut);
    const made = known.get(key) ?? behind(network, cut);
    known.set(key, made);
    return made;
  };
});

function behind(network: Network, cut: { ring: string } | { link: string }): Behind {
  const rings = 'ring' in cut ? ringsBehind(network, cut.ring) : new Set<string>();
  const links = new Set(
    network.links.flatMap(({ id, ring }) =>
      ('link' in cut && id === cut.link) || (ring !== undefined && rings.has(ring)) ? [id] : [],
    ),
  );
  if ('link' in cut) links.add(cut.link);
  return { rings, links, paths: pathsCut(network, links) };
}

function ringsBehind({ rings }: Network, first: string): Set<string> {
  const found = new Set([first]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { id, behind } of rings) if (behind !== undefined && found.has(behind)) found.add(id);
  }
  return found;
}

/** Paths of the units that no link which is left reaches from the centre; one without a link of its own is reached as the nearest above it. */
function pathsCut({ centre, links, paths }: Network, cut: ReadonlySet<string>): Set<string> {
  const linked = new Set(links.map(({ unit }) => unit));
  const reached = new Set(centre === undefined ? [] : [centre]);
  const left = links.filter(({ id }) => !cut.has(id));
  for (let size = -1; size < reached.size;) {
    size = reached.size;
    for (const { unit, from = centre } of left) if (from === undefined || reached.has(from)) reached.add(unit);
  }
  return new Set(
    paths.filter((path) => {
      const decides = path.split('/').findLast((code) => linked.has(code) || code === centre);
      return decides !== undefined && !reached.has(decides);
    }),
  );
}
