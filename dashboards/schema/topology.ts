import { z } from 'zod';

const id = z.string().regex(/^[^\s,]{1,256}$/, 'is no identifier');
const unit = z.string().min(1).max(256);

/** A ring or trunk: what is cut as a whole. */
const RingSchema = z.strictObject({
  /** As the sources of links name it. */
  id: id.max(64),
  /** The ring that it is reached by; the centre itself when absent. */
  behind: z.string().optional(),
  /** The unit that it is named after: code, alias or name. */
  unit: unit.optional(),
});

/** A link, from the centre or a nearer unit to the unit that it serves. */
const LinkSchema = z.strictObject({
  /** As the sources name it: the subject of its events. */
  id,
  /** The unit at its far end. */
  unit,
  /** The unit at its near end; the centre when absent. */
  from: unit.optional(),
  /** The ring or trunk that carries it. */
  ring: z.string().optional(),
});

/**
 * `topology/<province>.yaml`: how the units of a province reach its data centre. A unit without a link of its own is reached by those of the nearest unit
 * above it. What sources say of a link that is not here (its ring, its near end) is taken from them.
 */
export const TopologySchema = z.strictObject({
  /** The unit where the data centre stands. */
  centre: unit,
  rings: z.array(RingSchema),
  links: z.array(LinkSchema),
});
export type Topology = z.output<typeof TopologySchema>;
