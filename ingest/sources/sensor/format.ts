/** What is read of a record of a security sensor; the whole of it is kept as it was written. */
export interface SensorFields {
  /** Epoch ms, UTC; undefined when the record has no time that can be read. */
  observed_at: number | undefined;
  /** An alert, or any other record of the sensor. */
  isAlert: boolean;
  /** 0 unclassified, 1 low, 2 medium, 3 high, 4 critical. */
  severity: number;
  /** The sensor's own kind of record: `alert`, `dns`, `conn` … */
  event_type: string;
  category: string;
  signature: string;
  /** What was attacked, as far as the record tells: an address or a name. */
  asset: string;
  /** What was done: `allowed`, `blocked` … */
  action: string;
}

/**
 * How the JSON records of a sensor are read: one a line, whatever their kind. Undefined when it is no JSON object; a record is never refused for what it
 * says, and a field of another type than it should be counts as absent.
 *
 * @param log the name of the log that it stood in, such as `notice`, where the record itself may not say so
 */
export type SensorFormat = (record: unknown, log?: string) => SensorFields | undefined;
