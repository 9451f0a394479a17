import type { Rows } from '#api/contract.ts';
import { readRows } from '../../live/rows.ts';
import type { Point } from '../../map/link-arcs.ts';
import { SEVERITY_NAMES, severityName } from '../alerts/alert-view.ts';
import type { SeverityName } from '../alerts/alert-view.ts';
import type { PlaceOfRow } from './map-points.ts';

/** What just happened at a place: the newest event there, as grave as the gravest. */
export interface MapPulse {
  /** When the newest happened, epoch ms. */
  t: number;
  /** Null where the rows have none. */
  severity: SeverityName | null;
  at: Point;
}

/** The same while nothing happens, so that nothing is drawn again for it. */
const NONE: readonly MapPulse[] = [];

const rankOf = (severity: SeverityName | null): number => (severity === null ? -1 : SEVERITY_NAMES.indexOf(severity));

/** The events of a result (`id`, `t`, `unit`; `severity`, `latitude`, `longitude` where it has them) from `since` (epoch ms) on, one ring a place. */
export function mapPulses(result: Rows | undefined, placeOf: PlaceOfRow, since: number): readonly MapPulse[] {
  const pulses = new Map<string, MapPulse>();
  for (const row of readRows(result)) {
    const [t, placed] = [row.number('t'), placeOf(row)];
    if (t === null || t < since || !placed) continue;
    const { at } = placed;
    const severity = row.cell('severity') === null ? null : severityName(row.cell('severity'));
    const key = `${Math.round(at.x)} ${Math.round(at.y)}`;
    const known = pulses.get(key) ?? { t, severity, at };
    const worse = rankOf(severity) > rankOf(known.severity) ? severity : known.severity;
    pulses.set(key, { t: Math.max(t, known.t), severity: worse, at });
  }
  return pulses.size === 0 ? NONE : [...pulses.values()];
}
