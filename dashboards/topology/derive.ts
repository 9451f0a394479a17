import { incidentsOf } from './incidents.ts';
import { incidentRows, INCIDENT_COLUMNS, SITUATION_COLUMNS, situationOf } from './incident-rows.ts';
import type { Network } from './network.ts';
import { networkRows, NETWORK_COLUMNS } from './network-rows.ts';

/** Rows by position, as the database sends them and as panels read them. */
export type Row = (string | number | null)[];

/** What rows can be worked out by, once they have been read: the columns that it reads, and those that it gives. */
export const DERIVATIONS = {
  incidents: { from: SITUATION_COLUMNS, rows: INCIDENT_COLUMNS },
  network: { from: SITUATION_COLUMNS, rows: NETWORK_COLUMNS },
} as const;
export type Derivation = keyof typeof DERIVATIONS;

/** Works rows out of those that a query read for the scope looked at. `columns` name the rows read, `wanted` the order of those given. */
export function deriveRows(
  by: Derivation,
  network: Network,
  read: { columns: readonly string[]; rows: readonly Row[] },
  wanted: readonly string[],
  scope: string,
): Row[] {
  const situation = { network, scope, ...situationOf(read) };
  return by === 'network' ? networkRows(situation, wanted) : incidentRows(incidentsOf(situation), wanted, scope);
}
