import { z } from 'zod';
import { findIntegrity, type Finding, type IntegrityTerms, type WatchedDossier } from '#ingest/dossier/integrity.ts';
import type { LoadedQuery } from '#dashboards/dashboards.ts';
import type { Cell } from '../../contract.ts';
import { ownQuery } from '../../sql.ts';
import { toRecords } from '../records.ts';

const instant = z.number().nullable();
const WatchedSchema = z.object({
  unit_path: z.string(),
  dossier_id: z.string(),
  closed: z.enum(['', 'finished', 'withdrawn', 'stopped']),
  finished_at: instant,
  due_at: instant,
  first_received_at: instant,
  pause_from: instant,
  pause_to: instant,
  supplement_requests: z.int(),
  finish_heard_at: instant,
});

/** The dossiers of watched.sql. */
export function watchedQuery(): LoadedQuery {
  const text = { type: 'text' } as const;
  const maybe = { type: 'instant', nullable: true } as const;
  return ownQuery('routes/integrity/watched.sql', ['dossier', 'dossier_event'], {
    description: 'Dossiers of a span with what findings are made of',
    params: { from: { type: 'Float64', default: 0 }, to: { type: 'Float64', default: 0 } },
    rows: {
      ...{ unit_path: text, dossier_id: text, closed: text },
      ...{ finished_at: maybe, due_at: maybe, first_received_at: maybe, pause_from: maybe, pause_to: maybe },
      ...{ supplement_requests: { type: 'number' }, finish_heard_at: maybe },
    },
  });
}

function watchedOf(record: Record<string, Cell>): WatchedDossier {
  const { unit_path, dossier_id, finish_heard_at, closed, pause_from, pause_to, ...state } =
    WatchedSchema.parse(record);
  // findings look at the last pause alone, and not at what it waited for
  const pauses = pause_from === null ? [] : [{ from: pause_from, to: pause_to, status: 0 }];
  return {
    unit_path,
    dossier_id,
    finish_heard_at,
    state: { ...state, closed: closed === '' ? null : closed, pauses },
  };
}

/** Findings of the rows of watched.sql as they come; the dossiers of one unit are held at a time. */
export async function findInParts(
  parts: AsyncIterable<Cell[][]>,
  columns: string[],
  terms: IntegrityTerms,
): Promise<{ dossiers: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  let [dossiers, own]: [number, WatchedDossier[]] = [0, []];
  for await (const rows of parts) {
    for (const record of toRecords({ columns, rows })) {
      const dossier = watchedOf(record);
      if (own[0] && own[0].unit_path !== dossier.unit_path) {
        findings.push(...findIntegrity(own, terms));
        own = [];
      }
      own.push(dossier);
      dossiers += 1;
    }
  }
  findings.push(...findIntegrity(own, terms));
  return { dossiers, findings };
}
