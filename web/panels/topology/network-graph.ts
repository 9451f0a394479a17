import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';

/** How a link is: `silent` used to tell, of `unheard` nobody has told yet. */
export type LinkState = 'up' | 'down' | 'silent' | 'unheard';
/** A ring also: down in part. */
export type RingState = LinkState | 'part';

const LINK_STATES: readonly LinkState[] = ['up', 'down', 'silent', 'unheard'];
const isLinkState = (text: string | null): text is LinkState => LINK_STATES.some((state) => state === text);

export interface GraphLink {
  id: string;
  /** Code of the unit at its far end. */
  unit: string;
  state: LinkState;
}

/** A ring with the links that it carries. The ring with an empty `id` stands for the links that are on none. */
export interface GraphRing {
  id: string;
  /** The ring that it is reached by; empty for the data centre itself. */
  behind: string;
  /** Code of the unit that it is named after; empty for none. */
  unit: string;
  state: RingState;
  /** Units that have no way left because of it or of one of its links. */
  cutOff: number;
  links: GraphLink[];
  /** How many of its links are known of, and how many of those are down. */
  heard: number;
  down: number;
}

/** The network of rows (`NETWORK_COLUMNS`), each ring after the one that it is behind. Rings behind one that is not there hang from the data centre. */
export function graphOf(result: Rows | undefined): GraphRing[] {
  const rings = new Map<string, GraphRing>();
  const ringOf = (id: string): GraphRing => {
    const known = rings.get(id);
    if (known) return known;
    const ring: GraphRing = { id, behind: '', unit: '', state: 'up', cutOff: 0, links: [], heard: 0, down: 0 };
    rings.set(id, ring);
    return ring;
  };
  for (const row of readRows(result)) {
    const [id, behind, unit] = [row.text('id') ?? '', row.text('behind') ?? '', row.text('unit') ?? ''];
    const [told, cutOff] = [row.text('state'), row.number('cut_off') ?? 0];
    const state = isLinkState(told) ? told : 'unheard';
    if (row.text('part') === 'ring') {
      const ring = ringOf(id);
      Object.assign(ring, { behind, unit, state: told === 'part' ? told : state });
      ring.cutOff += cutOff;
    } else {
      const ring = ringOf(behind);
      ring.links.push({ id, unit, state });
      ring.cutOff += cutOff;
      if (state !== 'unheard') ring.heard += 1;
      if (state === 'down') ring.down += 1;
    }
  }
  for (const ring of rings.values()) if (!rings.has(ring.behind)) ring.behind = '';
  const lone = rings.get('');
  if (lone && lone.down > 0) lone.state = lone.down === lone.heard ? 'down' : 'part';
  return inOrder([...rings.values()]);
}

/** Depth first from the data centre; what hangs from itself stands last. */
function inOrder(rings: readonly GraphRing[]): GraphRing[] {
  const ordered = new Set<GraphRing>();
  const visit = (ring: GraphRing): void => {
    if (ordered.has(ring)) return;
    ordered.add(ring);
    if (ring.id !== '') for (const next of rings) if (next.behind === ring.id) visit(next);
  };
  for (const ring of rings) if (ring.behind === '') visit(ring);
  for (const ring of rings) visit(ring);
  return [...ordered];
}
