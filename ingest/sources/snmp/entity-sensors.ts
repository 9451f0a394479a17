import type { SnmpSession } from './session.ts';
import { numberOf, textOf } from './snmp-value.ts';
import type { ValueObject } from './values.ts';
import { walkColumns } from './walk.ts';

/** `entPhySensorTable` of RFC 3433, and the older one of Cisco that it was made after: the same columns. */
const TABLES = ['1.3.6.1.2.1.99.1.1.1', '1.3.6.1.4.1.9.9.91.1.1.1.1'] as const;
const NAMES = { descr: '1.3.6.1.2.1.47.1.1.1.1.2', name: '1.3.6.1.2.1.47.1.1.1.1.7' } as const;
/** EntitySensorDataType: what is measured. Others (a truth, a number of something else) are left out. */
const KINDS = new Map([
  [3, { metric: 'device.voltage', unit: 'V' }],
  [4, { metric: 'device.voltage', unit: 'V' }],
  [5, { metric: 'device.current', unit: 'A' }],
  [6, { metric: 'device.power', unit: 'W' }],
  [7, { metric: 'device.frequency', unit: 'Hz' }],
  [8, { metric: 'device.temperature', unit: 'Cel' }],
  [9, { metric: 'device.humidity', unit: '%' }],
  [10, { metric: 'device.fan_speed', unit: '{rpm}' }],
  [14, { metric: 'device.optical_power', unit: 'dBm' }],
]);
/** EntitySensorDataScale of units; each step is a thousand. */
const UNITS = 9;
/** Values that stand for an overflow, an underflow, and an unknown one. */
const MISSING = [1_000_000_000, -1_000_000_000];

/** Finds the sensors that a device describes by itself. Throws an `SnmpError`. */
export async function discoverEntitySensors(session: SnmpSession): Promise<ValueObject[]> {
  const tables = await walkColumns(
    session,
    TABLES.flatMap((table) => [1, 2, 3, 4].map((column) => `${table}.${column}`)),
  );
  const found = TABLES.flatMap((table) =>
    [...(tables.get(`${table}.4`)?.keys() ?? [])].map((index) => ({ table, index })),
  );
  if (found.length === 0) return [];
  const names = await walkColumns(session, Object.values(NAMES));
  return found.flatMap(({ table, index }) => {
    const at = (column: number): number | null => numberOf(tables.get(`${table}.${column}`)?.get(index));
    const kind = KINDS.get(at(1) ?? 0);
    if (!kind) return [];
    const scale = 10 ** (((at(2) ?? UNITS) - UNITS) * 3 - (at(3) ?? 0));
    const place = textOf(names.get(NAMES.name)?.get(index)) || textOf(names.get(NAMES.descr)?.get(index)) || index;
    const oid = `${table}.4.${index}`;
    return [
      {
        ...kind,
        oid,
        place,
        scale,
        whole: null,
        left: false,
        missing: MISSING,
        states: undefined,
        high: null,
        low: null,
      },
    ];
  });
}
