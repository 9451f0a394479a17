import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { ownQuery } from '../../sql.ts';

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const instant = { type: 'instant' } as const;
const day = { type: 'String', default: '' } as const;
const ms = { type: 'Float64', default: 0 } as const;

/** The counts of the feed for parts 3.3, 3.6 and 4: `x` of `x_of`. */
export const FACTS = {
  '3.3': ['online', 'online_of'],
  '3.6': ['paid', 'paid_of'],
  '4.1': ['electronic', 'electronic_of'],
  '4.2': ['digital', 'digital_of'],
  '4.3': ['reused', 'reused_of'],
  '4.4': ['shared', 'shared_of'],
  '4.5': ['vneid_yes', 'vneid_of'],
} as const;

/** The queries of the index. */
export interface IndexQueries {
  ended: LoadedQuery;
  open: LoadedQuery;
  facts: LoadedQuery;
  entered: LoadedQuery;
  toFix: LoadedQuery;
}

/** Declares the queries of the index. */
export function indexQueries(): IndexQueries {
  const counted = Object.fromEntries(Object.values(FACTS).flatMap((names) => names.map((name) => [name, number])));
  return {
    ended: ownQuery('routes/index-766/ended.sql', ['dossier_tally'], {
      description: 'Dossiers that ended in a span, and those of them in time by rule 766',
      params: { from: day, to: day },
      rows: { judged: number, kept: number },
      max_rows: 1,
    }),
    open: ownQuery('routes/index-766/open.sql', ['dossier_open'], {
      description: 'Open dossiers, and those of them in time by rule 766',
      rows: { judged: number, kept: number },
      max_rows: 1,
    }),
    facts: ownQuery('routes/index-766/facts.sql', ['dossier', 'dossier_event'], {
      description: 'What the feed says of the dossiers of a span',
      params: { from: ms, until: ms },
      rows: { ...counted, mean_ms: { type: 'number', nullable: true } },
      max_rows: 1,
    }),
    entered: ownQuery('routes/index-766/entered.sql', ['entry'], {
      description: 'Figures of the index that were entered by hand',
      params: { from: day, to: day },
      rows: { metric: text, period: text, value: number, entered_by: text, note: text, entered_at: instant },
      max_rows: 1000,
    }),
    toFix: ownQuery('routes/index-766/to-fix.sql', ['dossier_open'], {
      description: 'Open dossiers that are late or nearly late, by procedure and unit',
      rows: { kind: text, key: text, label: text, overdue: number, due_soon: number },
      max_rows: 21,
    }),
  };
}
