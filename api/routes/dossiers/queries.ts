import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { DossierState } from '../../contract.ts';
import { ownQuery } from '../../sql.ts';

/** The states, as values. */
export const DOSSIER_STATES = [
  'open',
  'overdue',
  'due_soon',
  'paused',
  'received_today',
  'finished_today',
] as const satisfies readonly DossierState[];

/** Longest page. */
export const MOST_ROWS = 500;

const number = { type: 'number' } as const;
const text = { type: 'text' } as const;
const instant = { type: 'instant' } as const;
const maybe = { type: 'instant', nullable: true } as const;

/** The page of dossiers of list.sql. */
export function listQuery(): LoadedQuery {
  return ownQuery('routes/dossiers/list.sql', ['dossier'], {
    description: 'Dossiers in one state, soonest due first',
    params: {
      state: { type: 'String', default: 'open', allowed: [...DOSSIER_STATES] },
      after_due: { type: 'Float64', default: -1 },
      after_id: { type: 'String', default: '' },
      page: { type: 'UInt16', default: 100 },
    },
    rows: {
      dossier_id: text,
      unit_path: text,
      status: number,
      status_at: instant,
      accepted_at: maybe,
      due_at: maybe,
      finished_at: maybe,
      procedure_code: text,
      procedure_name: text,
      field_name: text,
      channel: number,
      handler_path: text,
      step_holder: text,
      simulated: number,
    },
    max_rows: MOST_ROWS,
  });
}

/** The counts of summary.sql. */
export function summaryQuery(): LoadedQuery {
  return ownQuery('routes/dossiers/summary.sql', ['dossier'], {
    description: 'Number of dossiers in each state, of a unit and of the units right below it',
    rows: {
      unit_path: text,
      open: number,
      overdue: number,
      due_soon: number,
      paused: number,
      received_today: number,
      finished_today: number,
    },
    max_rows: 5000,
  });
}
