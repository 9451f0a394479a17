import type { Station } from '#ingest/schema/stations.ts';
import type { Row } from '../topology/derive.ts';

/** What is read of the stations: the newest value of each series, by the unit and place that it is told of. */
export const MEASURED_COLUMNS = ['id', 'unit', 'place', 'value', 'as_of'] as const;
/** The same with where the station stands, in degrees; null where nobody says. */
export const STATION_COLUMNS = [...MEASURED_COLUMNS, 'latitude', 'longitude'] as const;

/** Adds to each row where its station stands. `columns` name the cells of a row, `wanted` the order of those given. */
export function stationRows(
  stations: readonly Station[],
  read: { columns: readonly string[]; rows: readonly Row[] },
  wanted: readonly string[],
): Row[] {
  const positions = new Map(stations.map(({ unit, place, position }) => [`${unit} ${place}`, position]));
  const at = (row: Row, column: string): Row[number] => row[read.columns.indexOf(column)] ?? null;
  return read.rows.map((row) => {
    const [latitude = null, longitude = null] = positions.get(`${at(row, 'unit')} ${at(row, 'place')}`) ?? [];
    const placed: Readonly<Record<string, Row[number]>> = { latitude, longitude };
    return wanted.map((column) => placed[column] ?? at(row, column));
  });
}
