import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { ownQuery } from '../../sql.ts';

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const instant = { type: 'instant' } as const;
const since = { type: 'Float64', default: 0 } as const;

/** The questions about a unit that are not lists of dossiers. */
export interface UnitQueries {
  figures: LoadedQuery;
  causes: LoadedQuery;
  links: LoadedQuery;
  threats: LoadedQuery;
}

/** Most links that a unit may have below it. */
const MOST_LINKS = 5_000;

/** Declares the questions about a unit. */
export function unitQueries(): UnitQueries {
  return {
    figures: ownQuery('routes/units/figures.sql', ['dossier_open', 'dossier_lately'], {
      description: 'What units are compared by',
      params: { since, parent: { type: 'String', default: '' }, level: { type: 'UInt8', default: 0 } },
      rows: {
        ...{ path: text, open: number, overdue: number, ended: number, late: number, early: number },
        median_ms: { type: 'number', nullable: true },
      },
      max_rows: 2_000,
    }),
    causes: ownQuery('routes/units/causes.sql', ['dossier_open', 'dossier_lately', 'dossier_tally'], {
      description: 'Overdue and late dossiers by procedure and step',
      params: { since },
      rows: { kind: text, key: text, label: text, of: number, bad: number },
      max_rows: 5_000,
    }),
    links: ownQuery('routes/units/links.sql', ['link'], {
      description: 'Links and how they are',
      params: {},
      rows: {
        ...{ link_id: text, unit: text, state: text, since: { type: 'instant', nullable: true }, ring: text },
        ...{ latency_ms: { type: 'number', nullable: true }, simulated: number },
      },
      max_rows: MOST_LINKS,
    }),
    threats: ownQuery('routes/units/threats.sql', ['security_event'], {
      description: 'Security alerts of a day, by severity and the newest',
      params: {},
      rows: {
        ...{ id: text, observed_at: instant, unit: text, severity: number, signature: text, asset: text },
        ...{ simulated: number, s0: number, s1: number, s2: number, s3: number, s4: number },
      },
      max_rows: 8,
    }),
  };
}
