import type { LoadedQuery } from '#dashboards/dashboards.ts';
import { ownQuery } from '../../sql.ts';

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const instant = { type: 'instant' } as const;
/** A text that narrows nothing when it is empty. */
const narrowing = { type: 'String', default: '' } as const;

/** The queries of reconciliation; counts of dossiers are those of the summaries. */
export interface ReconciliationQueries {
  stated: LoadedQuery;
  periods: LoadedQuery;
  firstHeard: LoadedQuery;
}

/** Declares the queries of reconciliation. */
export function reconciliationQueries(): ReconciliationQueries {
  return {
    stated: ownQuery('routes/reconciliations/stated.sql', ['entry'], {
      description: 'Figures that stand as stated for a period',
      params: { period: narrowing, metrics: narrowing },
      rows: {
        unit_path: text,
        metric: text,
        value: number,
        entered_by: text,
        source: text,
        note: text,
        entered_at: instant,
      },
      max_rows: 10_000,
    }),
    periods: ownQuery('routes/reconciliations/periods.sql', ['entry'], {
      description: 'Periods with stated figures',
      params: { metrics: narrowing },
      rows: { period: text },
      max_rows: 24,
    }),
    firstHeard: ownQuery('routes/reconciliations/first-heard.sql', ['dossier'], {
      description: 'When the first known dossier of each unit was accepted',
      rows: { unit: text, since: instant },
      max_rows: 5000,
    }),
  };
}
