import { findCauses, nameOf, type Cause } from './causes.ts';
import type { Network } from './network.ts';
import { groupBy, placeLinks, unitOf, type PlacedLink, type SeenLink } from './placed-links.ts';

/** A unit of whose dossiers nothing was heard for too long. */
export interface SilentUnit {
  path: string;
  /** When it was last heard (epoch ms). */
  heard_at: number;
  /** Whether all below it have fallen silent with it. */
  with_below: boolean;
  /** Whether it is told by itself when no link explains it. A small unit is quiet for hours on its best days: it only adds to the story of a link. */
  is_told: boolean;
}

/** What is known of a network at an instant. */
export interface Situation {
  network: Network;
  /** The path looked at: `/H49/`. */
  scope: string;
  links: readonly SeenLink[];
  silent: readonly SilentUnit[];
}

/** One story: what is broken, and all that follows from it. */
export interface Incident {
  /** Steady while the cause is the same. */
  id: string;
  kind: 'centre_down' | 'ring_down' | 'link_down' | 'unit_silent';
  /** The ring or link that is the cause; empty for the others. */
  cause: string;
  /** Code of the unit that it is named after. */
  unit: string;
  /** When the last of its links was last seen alive, or the unit last heard (epoch ms). */
  since: number;
  /** The dead links that it explains, by identifier. */
  links: string[];
  /** The rings that those links say they are on, when they are all that is dead on them; else none. */
  rings: string[];
  /** Paths of the units that no link reaches any more because of it. */
  cut_off: string[];
  /** Paths of the units among them, or of which they are part, that have fallen silent. */
  silent: string[];
}

/**
 * Tells what is wrong with a network as few stories: each dead link, each unit that is cut off and each silent unit that a cut explains belongs to one of
 * them, whose cause is upstream of it. The order of what comes in does not matter. Nothing down and nobody silent: no story.
 */
export function incidentsOf({ network, scope, links, silent }: Situation): Incident[] {
  const placed = placeLinks(network, links);
  const causes = findCauses(network, placed);
  const dead = groupBy(
    placed.filter(({ condition }) => condition === 'down'),
    (link) => nameOf(causes.of(link)),
  );
  const paths = [...new Set([...network.paths, ...placed.map(({ path }) => path)])].sort();
  const cut = groupBy(
    paths.flatMap((path) => {
      const lost = path.startsWith(scope) ? causes.lastLost(causes.access(path)) : undefined;
      return lost ? [{ path, cause: nameOf(causes.of(lost)) }] : [];
    }),
    ({ cause }) => cause,
  );
  const incidents = new Map(
    [...dead].flatMap(([name, own]) => {
      const first = own[0];
      if (!first) return [];
      const cutOff = (cut.get(name) ?? []).map(({ path }) => path);
      return [[name, storyOf(network, causes.of(first), own, { placed, cutOff, scope })] as const];
    }),
  );
  const alone: Incident[] = [];
  for (const unit of [...silent].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = explainer(unit, cut);
    if (name !== undefined) incidents.get(name)?.silent.push(unit.path);
    else if (unit.is_told) alone.push(silenceOf(unit));
  }
  return [...incidents.values(), ...alone];
}

/** The story that cut off the unit, or most of those that have fallen silent with it. */
function explainer(unit: SilentUnit, cut: ReadonlyMap<string, readonly { path: string }[]>): string | undefined {
  const isConcerned = ({ path }: { path: string }) =>
    path === unit.path || (unit.with_below && path.startsWith(unit.path));
  const counts = [...cut].map(([name, units]) => ({ name, count: units.filter(isConcerned).length }));
  return counts
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1))[0]?.name;
}

function storyOf(
  network: Network,
  { kind, id }: Cause,
  own: readonly PlacedLink[],
  { placed, cutOff, scope }: { placed: readonly PlacedLink[]; cutOff: string[]; scope: string },
): Incident {
  const nearest = own.toSorted(
    (a, b) => a.path.split('/').length - b.path.split('/').length || (a.key < b.key ? -1 : 1),
  )[0];
  const named = kind === 'ring' ? network.rings.find((ring) => ring.id === id)?.unit : network.centre;
  const isNamed =
    kind !== 'link' &&
    named !== undefined &&
    network.paths.some((path) => path.startsWith(scope) && unitOf(path) === named);
  const cause = kind === 'link' ? (own.find(({ key }) => key === id)?.link_id ?? id) : id;
  return {
    id: cause === '' ? `${kind}_down` : `${kind}_down:${cause}`,
    kind: `${kind}_down`,
    cause,
    unit: isNamed ? named : (nearest?.unit ?? ''),
    since: Math.max(...own.map(({ alive_at }) => alive_at)),
    links: own.map(({ link_id }) => link_id),
    rings: kind === 'ring' ? wholeRings(own, placed) : [],
    cut_off: cutOff,
    silent: [],
  };
}

/** The rings that these links tell of, when no other link of them is dead. */
function wholeRings(own: readonly PlacedLink[], placed: readonly PlacedLink[]): string[] {
  const rings = new Set(own.map(({ told_ring }) => told_ring));
  const dead = placed.filter(({ told_ring, condition }) => condition === 'down' && rings.has(told_ring));
  return dead.length === own.length && !rings.has('') ? [...rings].sort() : [];
}

function silenceOf({ path, heard_at }: SilentUnit): Incident {
  const unit = unitOf(path);
  const nothing = { links: [], rings: [], cut_off: [] };
  return {
    id: `unit_silent:${unit}`,
    kind: 'unit_silent',
    cause: '',
    unit,
    since: heard_at,
    ...nothing,
    silent: [path],
  };
}
