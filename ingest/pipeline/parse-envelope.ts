import { EnvelopeSchema, FAMILIES, FAMILY_NAMES, type Envelope, type Family } from '../schema/event.ts';
import { reasonOf } from './reason.ts';
import { rejected, type Rejected } from './step.ts';

/** An envelope of a known family. */
export interface Addressed {
  result: 'addressed';
  family: Family;
  envelope: Envelope;
}

const FAMILY_OF = new Map<string, Family>(
  FAMILY_NAMES.flatMap((family) => FAMILIES[family].types.map((type): [string, Family] => [type, family])),
);
const ALLOWED = [...FAMILY_OF.keys()].join(', ');

/** Reads a CloudEvents envelope and finds the family of its type. */
export function parseEnvelope(sent: unknown): Addressed | Rejected {
  const parsed = EnvelopeSchema.safeParse(sent);
  if (!parsed.success) return rejected('IOC_EVENT_ENVELOPE', reasonOf(parsed.error));
  const family = FAMILY_OF.get(parsed.data.type);
  if (!family) return rejected('IOC_EVENT_TYPE_UNKNOWN', `type: ${parsed.data.type} is not known; allowed: ${ALLOWED}`);
  return { result: 'addressed', family, envelope: parsed.data };
}
