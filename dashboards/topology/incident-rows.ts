import type { Incident, SilentUnit } from './incidents.ts';
import type { LinkCondition, SeenLink } from './placed-links.ts';

type Row = (string | number | null)[];

/**
 * Columns that a query of incidents reads. A row is a link (`part` is how it is: up, down, silent; `at` when it was last seen alive) or a silent unit
 * (`part` silent_branch: told by itself, with all below it; silent_desk: told by itself, without them; silent_unit: not told by itself).
 */
export const SITUATION_COLUMNS = ['part', 'path', 'link_id', 'from_unit', 'ring', 'at'] as const;

/** Columns that it gives: those of an alert, the ring or link that is the cause, and what opens its links (`of_…`, and `list` the page) or the sources. */
export const INCIDENT_COLUMNS = [
  ...['id', 'severity', 'kind', 'unit', 'since', 'value', 'count', 'silent', 'text'],
  ...['ring', 'link', 'list', 'of_ring', 'of_link', 'of_state'],
] as const;

const CONDITIONS: readonly LinkCondition[] = ['up', 'down', 'silent'];

/** Most alerts at once. A panel draws those that it has room for; rules have to see all, because what is left out would look like over. */
const MOST = 1_000;

/** Reads what a query says of links and silent units. Rows of a part that is not known are passed over. */
export function situationOf({ columns, rows }: { columns: readonly string[]; rows: readonly Row[] }): {
  links: SeenLink[];
  silent: SilentUnit[];
} {
  const index = new Map(columns.map((name, place) => [name, place]));
  const cell = (row: Row, name: string) => row[index.get(name) ?? -1] ?? '';
  const links: SeenLink[] = [];
  const silent: SilentUnit[] = [];
  for (const row of rows) {
    const [part, path, link_id, from_unit, ring] = ['part', 'path', 'link_id', 'from_unit', 'ring'].map((name) =>
      String(cell(row, name)),
    );
    const at = Number(cell(row, 'at'));
    if (path === undefined) continue;
    const condition = CONDITIONS.find((one) => one === part);
    if (condition)
      links.push({
        path,
        link_id: link_id ?? '',
        from_unit: from_unit ?? '',
        ring: ring ?? '',
        condition,
        alive_at: at,
      });
    else if (part?.startsWith('silent_'))
      silent.push({ path, heard_at: at, with_below: part === 'silent_branch', is_told: part !== 'silent_unit' });
  }
  return { links, silent };
}

/** Incidents as rows of alerts, worst and newest first. `since` is epoch ms, `value` how many links, `count` how many units have no way left. */
export function incidentRows(incidents: readonly Incident[], wanted: readonly string[], scope: string): Row[] {
  const alerts = incidents.map((incident) => ({ ...alertOf(incident, scope) }));
  alerts.sort((a, b) => b.severity - a.severity || b.since - a.since || (a.id < b.id ? -1 : 1));
  return alerts.slice(0, MOST).map((alert) => {
    const cells = new Map<string, string | number | null>(Object.entries(alert));
    return wanted.map((name) => cells.get(name) ?? null);
  });
}

function alertOf(incident: Incident, scope: string) {
  const { id, kind, unit, since, cause, links, rings, cut_off, silent } = incident;
  const isSilence = kind === 'unit_silent';
  return {
    ...{ id, kind, unit, since, text: cause },
    severity: severityOf(incident, scope),
    value: isSilence ? null : links.length,
    count: isSilence ? null : cut_off.length,
    silent: isSilence ? null : silent.filter((path) => cut_off.includes(path)).length,
    ring: kind === 'ring_down' ? cause : '',
    link: kind === 'link_down' ? cause : '',
    list: isSilence ? 'sources' : 'links',
    of_ring: rings.join(','),
    // of the centre everything that is down is concerned
    of_link: rings.length > 0 || kind === 'centre_down' ? '' : links.join(','),
    of_state: isSilence ? '' : 'down',
  };
}

/** Critical: a ring or the centre, and somebody has no way left. High: a ring with other ways, a unit below the scope without a way. Medium: the rest. */
function severityOf({ kind, cut_off }: Incident, scope: string): number {
  if (kind === 'centre_down' || kind === 'ring_down') return cut_off.length > 0 ? 4 : 3;
  const depth = scope.split('/').length;
  return kind === 'link_down' && cut_off.some((path) => path.split('/').length <= depth + 1) ? 3 : 2;
}
