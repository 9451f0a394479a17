import { z } from 'zod';
import { isPersonalField, maskText } from './personal.ts';
import { KEPT, type Step } from './step.ts';

const AttributesSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/**
 * Takes personal data out of the one place where a sender of dossiers chooses the names: the attributes. Everything else of a dossier has
 * a field that its schema names, and none of these is a person's.
 */
export function createDropPersonal(): Step {
  return function dropPersonal(entry) {
    if (entry.family !== 'dossier' || entry.row.attributes === '{}') return KEPT;
    const attributes = AttributesSchema.parse(JSON.parse(entry.row.attributes));
    const kept = Object.entries(attributes).flatMap(([name, value]) =>
      isPersonalField(name) ? [] : [[name, typeof value === 'string' ? maskText(value) : value]],
    );
    entry.row.attributes = JSON.stringify(Object.fromEntries(kept));
    return KEPT;
  };
}
