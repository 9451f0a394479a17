import type { Station } from '#ingest/schema/stations.ts';
import { incidentsOf } from './incidents.ts';
import { incidentRows, INCIDENT_COLUMNS, SITUATION_COLUMNS, situationOf } from './incident-rows.ts';
import type { Network } from './network.ts';
import { MEASURED_COLUMNS, STATION_COLUMNS, stationRows } from '../stations/station-rows.ts';
import { networkRows, NETWORK_COLUMNS } from './network-rows.ts';

/** Rows by position, as the database sends them and as panels read them. */
export type Row = (string | number | null)[];

/** What rows can be worked out by, once they have been read: the columns that it reads, and those that it gives. */
export const DERIVATIONS = {
  incidents: { from: SITUATION_COLUMNS, rows: INCIDENT_COLUMNS },
  network: { from: SITUATION_COLUMNS, rows: NETWORK_COLUMNS },
  stations: { from: MEASURED_COLUMNS, rows: STATION_COLUMNS },
} as const;
export type Derivation = keyof typeof DERIVATIONS;

/** What is known of the province beside what the database holds. Plain data: it is part of the key of what is worked out with it. */
export interface Known {
  network: Network;
  /** Units by their codes. */
  stations: readonly Station[];
}

/** Works rows out of those that a query read for the scope looked at. `columns` name the rows read, `wanted` the order of those given. */
export function deriveRows(
  by: Derivation,
  { network, stations }: Known,
  read: { columns: readonly string[]; rows: readonly Row[] },
  wanted: readonly string[],
  scope: string,
): Row[] {
  if (by === 'stations') return stationRows(stations, read, wanted);
  const situation = { network, scope, ...situationOf(read) };
  return by === 'network' ? networkRows(situation, wanted) : incidentRows(incidentsOf(situation), wanted, scope);
}
