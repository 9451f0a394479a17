import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Topology } from '../schema/topology.ts';

/** A topology with its units resolved to codes, and the paths of all units of the province. Plain data: it is part of the key of what is worked out with it. */
export interface Network {
  /** Code of the unit where the data centre stands; undefined where no topology was written. */
  centre: string | undefined;
  rings: readonly { id: string; behind?: string | undefined; unit?: string | undefined }[];
  links: readonly { id: string; unit: string; from?: string | undefined; ring?: string | undefined }[];
  /** Paths of the units, `/H49/H49.02/`. */
  paths: readonly string[];
}

/** Resolves a topology in a unit tree; without one, all that is known of the network is what its sources say. What is not in the tree keeps its name. */
export function networkOf(topology: Topology | undefined, units: UnitIndex): Network {
  const code = (text: string): string => units.resolve(text)?.code ?? text;
  const maybe = (text: string | undefined) => (text === undefined ? undefined : code(text));
  return {
    centre: maybe(topology?.centre),
    rings: (topology?.rings ?? []).map((ring) => ({ ...ring, unit: maybe(ring.unit) })),
    links: (topology?.links ?? []).map((link) => ({ ...link, unit: code(link.unit), from: maybe(link.from) })),
    paths: units.units.map(({ path }) => path),
  };
}
