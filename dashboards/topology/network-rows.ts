import { incidentsOf, type Situation } from './incidents.ts';
import { groupBy, placeLinks } from './placed-links.ts';

type Row = (string | number | null)[];

/**
 * Columns of a drawn network. A row is a ring (`part` ring: `behind` the ring that it is reached by, `unit` the one that it is named after) or a link (`part`
 * link: `behind` the ring that carries it, `unit` the one at its far end). `state` is up, down, silent, of a link that nobody has told of yet unheard, and
 * of a ring part when some of its links are down. `cut_off` counts the units that have no way left because of it, and are behind it.
 */
export const NETWORK_COLUMNS = ['part', 'id', 'behind', 'unit', 'state', 'cut_off'] as const;

type RingState = 'up' | 'down' | 'part' | 'silent' | 'unheard';

/** The network below the scope as rows: rings with those that they are behind, then links, in the order of the topology and of the links' names. */
export function networkRows({ network, scope, links, silent }: Situation, wanted: readonly string[]): Row[] {
  const placed = placeLinks(network, links);
  const cut = new Map(
    incidentsOf({ network, scope, links, silent }).map(({ kind, cause, cut_off }) => [
      `${kind} ${cause}`,
      cut_off.length,
    ]),
  );
  const pathOf = new Map(network.paths.map((path) => [path.split('/').at(-2) ?? '', path]));
  const heard = new Set(placed.map(({ link_id }) => link_id));
  const drawn = [
    ...placed.map(({ link_id, ring, unit, condition }) => ({ id: link_id, ring, unit, state: condition })),
    ...network.links
      .filter(({ id, unit }) => !heard.has(id) && pathOf.get(unit)?.startsWith(scope))
      .map(({ id, ring = '', unit }) => ({ id, ring, unit, state: 'unheard' as const })),
  ];
  const carried = groupBy(drawn, ({ ring }) => ring);
  const behind = new Map(network.rings.map(({ id, behind: above }) => [id, above]));
  const inUse = new Set<string>();
  for (const { ring } of drawn)
    for (let at: string | undefined = ring; at && !inUse.has(at); at = behind.get(at)) inUse.add(at);
  const known = new Map(network.rings.map((ring) => [ring.id, ring]));
  const order = [...known.keys(), ...[...inUse].filter((id) => !known.has(id)).sort()].filter((id) => inUse.has(id));
  const rows = [
    ...order.map((id) => ({
      ...{ part: 'ring', id, behind: behind.get(id) ?? '', unit: known.get(id)?.unit ?? '' },
      state: ringState((carried.get(id) ?? []).map(({ state }) => state)),
      cut_off: cut.get(`ring_down ${id}`) ?? 0,
    })),
    ...drawn.map(({ id, ring, unit, state }) => ({
      ...{ part: 'link', id, behind: ring, unit, state },
      cut_off: cut.get(`link_down ${id}`) ?? 0,
    })),
  ];
  return rows.map((row) => {
    const cells = new Map<string, string | number>(Object.entries(row));
    return wanted.map((name) => cells.get(name) ?? null);
  });
}

/** How a ring is, by those of its links that are known: one that carries none is as unheard as one of whose links nobody tells. */
function ringState(states: readonly RingState[]): RingState {
  const down = states.filter((state) => state === 'down').length;
  const known = states.filter((state) => state === 'up' || state === 'down').length;
  if (known > 0 && down === known) return 'down';
  if (down > 0) return 'part';
  if (known > 0) return 'up';
  return states.includes('silent') ? 'silent' : 'unheard';
}
