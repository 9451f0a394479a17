import { unitOfDossier } from '../schema/unit-code.ts';
import type { UnitIndex } from '../schema/unit-index.ts';
import type { LogEntry } from '../schema/row.ts';
import { KEPT, type Step } from './step.ts';

/** Texts remembered with the unit that they mean. A province has some hundreds; the bound is for senders that make texts up. */
const REMEMBERED = 20_000;

/** What the step is made with. */
export interface ResolveUnitOptions {
  units: UnitIndex;
  /** Told of every event whose unit is not in the tree. */
  onUnknown: (source: string) => void;
}

/**
 * Finds the place of an event in the unit tree: by the unit that it names (code in either style, alias, name), else by the code in its dossier
 * number. A unit that is not in the tree is kept under the path of unknown units, so that it can be counted and mended.
 */
export function createResolveUnit({ units, onUnknown }: ResolveUnitOptions): Step {
  const remembered = new Map<string, string | undefined>();
  const pathOf = (text: string): string | undefined => {
    if (remembered.has(text)) return remembered.get(text);
    if (remembered.size >= REMEMBERED) remembered.clear();
    const path = units.resolve(text)?.path;
    remembered.set(text, path);
    return path;
  };
  const place = (entry: LogEntry): string | undefined => {
    const { family, row } = entry;
    if (row.unit !== '') return pathOf(row.unit);
    if (family === 'dossier') {
      const code = unitOfDossier(row.dossier_id);
      return code === undefined ? undefined : pathOf(code);
    }
    // a link without its far end lies nowhere; a reading or a security record without a unit is of the whole province
    return family === 'link' ? undefined : units.root.path;
  };
  return function resolveUnit(entry) {
    const path = place(entry);
    if (path === undefined) onUnknown(entry.row.source);
    entry.row.unit_path = path ?? units.unknownPath;
    if (entry.family === 'dossier' && entry.row.handler !== '')
      entry.row.handler_path = pathOf(entry.row.handler) ?? '';
    return KEPT;
  };
}
