import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';
import { SEVERITY_NAMES, severityName } from '../alerts/alert-view.ts';
import type { SeverityName } from '../alerts/alert-view.ts';

/**
 * The gravest open alert of each unit that is on the map, by its code. An alert of a unit that is not (a commune) is of the nearest above it that is; the
 * province's own are of no place.
 */
export function alertMarks(
  result: Rows | undefined,
  units: ReadonlyMap<string, { parent: string | null }>,
  isOnMap: (code: string) => boolean,
): Map<string, SeverityName> {
  const marks = new Map<string, SeverityName>();
  for (const row of readRows(result)) {
    let code = row.text('unit');
    while (code && !isOnMap(code)) code = units.get(code)?.parent ?? null;
    if (!code) continue;
    const severity = severityName(row.cell('severity'));
    const known = marks.get(code);
    if (known === undefined || SEVERITY_NAMES.indexOf(severity) > SEVERITY_NAMES.indexOf(known))
      marks.set(code, severity);
  }
  return marks;
}
