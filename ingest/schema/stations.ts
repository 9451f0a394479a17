import { z } from 'zod';

/** A place at which something is measured: what readings of `unit` call `place` stands there. */
export const StationSchema = z.strictObject({
  /** As sources name it: the place of its readings. */
  place: z.string().min(1).max(200),
  /** The unit that its readings are of: code, alias or name. */
  unit: z.string().min(1).max(256),
  /** Latitude, longitude. */
  position: z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]),
  /** What it measures: a domain of dashboards/measures. */
  domain: z.string().regex(/^[a-z0-9_]+$/),
});
export type Station = z.output<typeof StationSchema>;

/** `stations/<province>.yaml`: where the stations, counters and cameras of a province stand. */
export const StationsSchema = z.strictObject({ stations: z.array(StationSchema) });
export type Stations = z.output<typeof StationsSchema>;
