import { TRAP_SEVERITIES } from '../../schema/trap-file.ts';
import type { Clock } from '../../schema/clock.ts';
import type { Device, DeviceIndex } from '../../schema/inventory.ts';
import type { DeviceWatch } from './device.ts';
import { indexBelow } from './oid.ts';
import type { SnmpRecord } from './record.ts';
import { numberOf, type SnmpValue } from './snmp-value.ts';
import { plain, type TrapBook } from './trap-text.ts';
import type { Notification } from './traps.ts';

const LINK_DOWN = '1.3.6.1.6.3.1.1.5.3';
const LINK_UP = '1.3.6.1.6.3.1.1.5.4';
const PORT_ADMIN = '1.3.6.1.2.1.2.2.1.7';
const PORT_OPER = '1.3.6.1.2.1.2.2.1.8';
const PORT_INDEX = '1.3.6.1.2.1.2.2.1.1';

/** What notifications are read with. */
export interface TrapReading {
  devices: DeviceIndex;
  book: TrapBook;
  clock: Clock;
  watchOf: (device: Device) => DeviceWatch | undefined;
  /** Asks a device out of turn, to confirm what it told. */
  pollSoon: (device: Device) => void;
}

/**
 * What a notification means: the state of a port becomes an event of its link at once, and is confirmed by a poll; all else, and ports that nobody watches, is
 * kept as a line.
 */
export function recordsOf(notification: Notification, reading: TrapReading): SnmpRecord[] {
  const device = reading.devices.find(notification.address);
  if (device && (notification.oid === LINK_DOWN || notification.oid === LINK_UP)) {
    reading.pollSoon(device);
    const told = reading.watchOf(device)?.tellPort(...portOf(notification));
    if (told) return told;
  }
  return [lineOf(notification, device, reading)];
}

/** The port, and what it is: the objects are optional, and some agents send the state that was. */
function portOf({ oid, objects }: Notification): [index: string, admin: number | null, oper: number | null] {
  const below = (column: string) =>
    objects.flatMap((object) => {
      const index = indexBelow(object.oid, column);
      return index === undefined ? [] : [{ index, value: numberOf(object.value) }];
    })[0];
  const oper = below(PORT_OPER);
  const admin = below(PORT_ADMIN);
  const index = below(PORT_INDEX);
  const port = index?.value ?? index?.index ?? oper?.index ?? admin?.index ?? '';
  if (oid === LINK_UP) return [String(port), 1, 1];
  return [String(port), admin?.value ?? 1, oper?.value === 1 ? 2 : (oper?.value ?? 2)];
}

function lineOf(
  { address, sender, oid, objects }: Notification,
  device: Device | undefined,
  { book, clock }: TrapReading,
): SnmpRecord {
  const host = device?.name ?? address;
  const { name } = book.nameOf(oid);
  const named = objects.map((object) => {
    const { name: full, index } = book.nameOf(object.oid);
    return { name: full.slice(full.lastIndexOf(':') + 1), index, value: valueOf(object.value) };
  });
  const { message, severity } = book.describe({ name, host, objects: named });
  return {
    ...{
      family: 'trap',
      at: clock(),
      source: device?.id ?? 'snmp',
      unit: device?.unit ?? address,
      simulated: device?.simulated ?? false,
      sender,
    },
    ...{ hostname: device?.hostname ?? device?.id ?? '', name, severity: TRAP_SEVERITIES[severity], message },
    objects: {
      ...Object.fromEntries(
        named.map((object) => [object.index ? `${object.name}.${object.index}` : object.name, plain(object.value)]),
      ),
      severity,
    },
  };
}

function valueOf(value: SnmpValue): string | Buffer {
  if (Buffer.isBuffer(value)) return value;
  return value === null ? '' : String(value);
}
