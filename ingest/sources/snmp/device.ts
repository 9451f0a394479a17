import type { Clock } from '../../schema/clock.ts';
import type { DeviceValues } from '../../schema/device-values.ts';
import type { Device, DeviceLink } from '../../schema/inventory.ts';
import { createPortWatches, type PortWatch } from './port-watch.ts';
import { discoverPorts, objectsOf, type Port } from './ports.ts';
import { hasRestarted } from './rate.ts';
import type { SnmpRecord } from './record.ts';
import type { SnmpSession } from './session.ts';
import { numberOf, textOf, type SnmpValue } from './snmp-value.ts';
import { discoverValues, readValue, type ValueObject } from './values.ts';
import { getAll } from './walk.ts';

const SYSTEM = {
  object_id: '1.3.6.1.2.1.1.2.0',
  uptime: '1.3.6.1.2.1.1.3.0',
  name: '1.3.6.1.2.1.1.5.0',
} as const;
/** How often it is looked for what a device has, in milliseconds: names, limits, new cards. */
const DISCOVER_MS = 10 * 60_000;

/** What a device has, as it was last looked for. */
export interface Inventoried {
  at: number;
  name: string;
  object_id: string;
  ports: Port[];
  values: ValueObject[];
}

/** What a device is watched with. */
export interface DeviceWatchOptions {
  device: Device;
  files: readonly DeviceValues[];
  clock: Clock;
  /** Told of a link of the inventory whose port the device does not have, whenever it is looked for. */
  onMissing?: ((link: DeviceLink) => void) | undefined;
}

/** Remembers a device from poll to poll. */
export interface DeviceWatch {
  device: Device;
  /** Asks it once and says what that means. Throws an `SnmpError`; what it had told until then is kept. */
  poll: (session: SnmpSession) => Promise<SnmpRecord[]>;
  /** What a notification says of a port; undefined where the port is not watched. */
  tellPort: (index: string, admin: number | null, oper: number | null) => SnmpRecord[] | undefined;
  /** What it has; undefined before the first answer. */
  inventoried: () => Inventoried | undefined;
}

/** Watches one device. */
export function createDeviceWatch({ device, files, clock, onMissing }: DeviceWatchOptions): DeviceWatch {
  let found: Inventoried | undefined;
  let ports: PortWatch[] = [];
  let before: { at: number; uptime: number | null } | undefined;

  const discover = async (session: SnmpSession): Promise<Inventoried> => {
    const system = await getAll(session, [SYSTEM.object_id, SYSTEM.name]);
    const object_id = textOf(system.get(SYSTEM.object_id));
    const has = {
      at: clock(),
      name: textOf(system.get(SYSTEM.name)),
      object_id,
      ports: await discoverPorts(session),
      values: await discoverValues(session, object_id, files),
    };
    ports = watchPorts(device, has.ports, ports);
    for (const link of device.links ?? []) if (!ports.some(({ link_id }) => link_id === link.id)) onMissing?.(link);
    return (found = has);
  };

  return {
    device,
    inventoried: () => found,
    poll: async (session) => {
      const isNew = !found || clock() - found.at >= DISCOVER_MS;
      const has = isNew || !found ? await discover(session) : found;
      const values = await getAll(session, [
        SYSTEM.uptime,
        ...ports.flatMap(({ port }) => Object.values(objectsOf(port))),
        ...has.values.map(({ oid }) => oid),
      ]);
      const at = clock();
      const uptime = numberOf(values.get(SYSTEM.uptime));
      const isContinuous = !isBroken(before, { at, uptime });
      before = { at, uptime };
      const told = ports.flatMap((watch) => watch.read(values, at, isContinuous));
      // a port that is gone, or a device that began anew, has other indexes
      if (!isContinuous || ports.some((watch) => watch.isGone())) found = undefined;
      return [
        ...told,
        ...has.values.flatMap((object) => valueRecords(device, object, values, at, isNew)),
        reading(device, at, { metric: 'device.reachable', value: 1 }),
        ...(uptime === null ? [] : [reading(device, at, { metric: 'device.uptime', value: uptime / 100, unit: 's' })]),
      ];
    },
    tellPort: (index, admin, oper) => ports.find(({ port }) => port.index === index)?.tell(admin, oper, clock()),
  };
}

function isBroken(
  before: { at: number; uptime: number | null } | undefined,
  now: { at: number; uptime: number | null },
): boolean {
  if (!before || before.uptime === null || now.uptime === null) return false;
  return hasRestarted(before.uptime, now.uptime, (now.at - before.at) / 1_000);
}

/** The ports that count, with what was known of those that were there before. */
function watchPorts(device: Device, found: readonly Port[], before: readonly PortWatch[]): PortWatch[] {
  const known = new Map(before.map((watch) => [watch.link_id, watch]));
  return createPortWatches(device, found).map((watch) => {
    const old = known.get(watch.link_id);
    if (old) watch.inherit(old);
    return watch;
  });
}

/** A reading of a device. */
export function reading(
  { id, unit, simulated }: Device,
  at: number,
  measured: { metric: string; value: number | null; unit?: string; place?: string },
): SnmpRecord {
  const { metric, value, unit: value_unit = '1', place = '' } = measured;
  return {
    family: 'reading',
    at,
    source: id,
    unit,
    simulated,
    subject: place ? `${id}/${place}` : id,
    metric,
    value,
    value_unit,
    place,
  };
}

function valueRecords(
  device: Device,
  object: ValueObject,
  values: ReadonlyMap<string, SnmpValue>,
  at: number,
  isNew: boolean,
): SnmpRecord[] {
  const { metric, unit, place, high, low } = object;
  const one = (name: string, value: number | null): SnmpRecord =>
    reading(device, at, { metric: name, value, unit, place });
  return [
    one(metric, readValue(object, values.get(object.oid))),
    ...(isNew && high !== null ? [one(`${metric}.high`, high)] : []),
    ...(isNew && low !== null ? [one(`${metric}.low`, low)] : []),
  ];
}
