import { DEVICE_STATES, type DeviceValue, type DeviceValues } from '../../schema/device-values.ts';
import { discoverEntitySensors } from './entity-sensors.ts';
import { isWithin } from './oid.ts';
import type { SnmpSession } from './session.ts';
import { numberOf, textOf, type SnmpValue } from './snmp-value.ts';
import { getAll, walkColumns, type Columns } from './walk.ts';

/** A value that a device has: where it is read, and what becomes of it. */
export interface ValueObject {
  oid: string;
  metric: string;
  /** UCUM text. */
  unit: string;
  /** Where on the device: empty for a device that has one such value. */
  place: string;
  scale: number;
  /** The whole that it is a share of; null for none. */
  whole: number | null;
  left: boolean;
  missing: readonly number[];
  states: DeviceValue['states'];
  /** The limits that the device watches. */
  high: number | null;
  low: number | null;
}

const isScalar = (oid: string): boolean => oid.endsWith('.0');

/** Finds the values that a device has of those that the files know. Throws an `SnmpError`. */
export async function discoverValues(
  session: SnmpSession,
  object_id: string,
  files: readonly DeviceValues[],
): Promise<ValueObject[]> {
  const known = files.filter(({ objects }) => !objects || objects.some((object) => isWithin(object_id, object)));
  const values = known.flatMap((file) => file.values);
  const oids = new Set(
    values.flatMap(({ oid, name, of, free, where, high, low }) =>
      [oid, name, of, free, where?.oid, high, low].filter((one) => one !== undefined),
    ),
  );
  const scalars = await getAll(session, [...oids].filter(isScalar));
  const columns = await walkColumns(
    session,
    [...oids].filter((oid) => !isScalar(oid)),
  );
  const own = values.flatMap((value) => objectsOf(value, scalars, columns));
  return [...own, ...(await discoverEntitySensors(session))];
}

function objectsOf(value: DeviceValue, scalars: ReadonlyMap<string, SnmpValue>, columns: Columns): ValueObject[] {
  const { oid, metric, unit, scale, left, missing, states } = value;
  const common = { metric, unit, scale, left, missing, states };
  const at = (other: string | undefined, index: string): SnmpValue | undefined =>
    other === undefined ? undefined : isScalar(other) ? scalars.get(other) : columns.get(other)?.get(index);
  const one = (object: string, index: string, place: string): ValueObject[] => {
    const free = numberOf(at(value.free, index));
    const whole = free === null ? numberOf(at(value.of, index)) : free + (numberOf(at(oid, index)) ?? 0);
    if ((value.of ?? value.free) !== undefined && !(whole !== null && whole > 0)) return [];
    const high = numberOf(at(value.high, index));
    const low = numberOf(at(value.low, index));
    return [{ ...common, oid: object, place, whole, high: high && high * scale, low: low && low * scale }];
  };
  if (isScalar(oid)) return (scalars.get(oid) ?? null) === null ? [] : one(oid, '0', value.place ?? '');
  const rows = [...(columns.get(oid)?.keys() ?? [])];
  return rows.flatMap((index) => {
    if (value.where && !isOneOf(at(value.where.oid, index), value.where.is)) return [];
    const named = textOf(at(value.name, index)) || index;
    return one(`${oid}.${index}`, index, value.place === undefined ? named : `${value.place} ${named}`);
  });
}

function isOneOf(value: SnmpValue | undefined, wanted: readonly (number | string)[]): boolean {
  if (value === undefined || value === null) return false;
  return wanted.includes(typeof value === 'number' ? value : textOf(value));
}

/** What a value of a device is; null where it has none just now. */
export function readValue(object: ValueObject, value: SnmpValue | undefined): number | null {
  const number = numberOf(value);
  if (number === null || object.missing.includes(number)) return null;
  const { states, whole, scale, left } = object;
  if (states) {
    const state = DEVICE_STATES.findIndex((name) => states[name].includes(number));
    return state === -1 ? null : state;
  }
  const share = whole === null ? number * scale : (number / whole) * 100;
  const said = left ? 100 - share : share;
  // multiplication leaves 24.700000000000003
  return Number(said.toPrecision(12));
}
