import type { Device, DeviceLink } from '../../schema/inventory.ts';
import { isCounted, objectsOf, statusOf, type Port, type PortObjects, type PortStatus } from './ports.ts';
import { counterOf, rateOf, type Counter } from './rate.ts';
import type { LinkRecord, SnmpRecord } from './record.ts';
import { numberOf, type SnmpValue } from './snmp-value.ts';

/** A port may show a little more than its speed, because counters are not read at the instant that they are said to be. */
const TOLERANCE = 1.2;
/** More errors a second than that are a counter that began anew. */
const MOST_ERRORS = 1e6;

const COUNTERS = ['in_octets', 'out_octets', 'in_errors', 'out_errors', 'in_discards', 'out_discards'] as const;
type CounterName = (typeof COUNTERS)[number];
type Rates = Record<CounterName, number | null>;
const NO_RATES: Rates = {
  ...{ in_octets: null, out_octets: null, in_errors: null, out_errors: null, in_discards: null, out_discards: null },
};

/** Watches a port from poll to poll, and says what changed. */
export interface PortWatch {
  port: Port;
  link_id: string;
  /** What the values of a poll mean. */
  read: (values: ReadonlyMap<string, SnmpValue>, at: number, isContinuous: boolean) => SnmpRecord[];
  /** What a notification means. */
  tell: (admin: number | null, oper: number | null, at: number) => SnmpRecord[];
  /** True when the device did not know the port in the last poll. */
  isGone: () => boolean;
  /** What was last told of it. */
  told: () => 'up' | 'down' | undefined;
  /** Takes over what is known of the same link. */
  inherit: (other: PortWatch) => void;
}

/** Watches of the ports of a device that count: those that the inventory names, else all. */
export function createPortWatches(device: Device, ports: readonly Port[]): PortWatch[] {
  if (!device.links) {
    const names = new Map<string, number>();
    for (const { name } of ports) names.set(name, (names.get(name) ?? 0) + 1);
    const ownName = ({ name, index }: Port): string => ((names.get(name) ?? 0) > 1 ? `${name}#${index}` : name);
    return ports.filter(isCounted).map((port) => watchPort(device, { ...port, name: ownName(port) }));
  }
  return device.links.flatMap((link) => {
    const port = ports.find(({ name, descr, alias }) => [name, descr, alias].includes(link.interface));
    return port ? [watchPort(device, port, link)] : [];
  });
}

function watchPort(device: Device, port: Port, link?: DeviceLink): PortWatch {
  const link_id = link?.id ?? `${device.id}/${port.name}`;
  const objects = objectsOf(port);
  const common = { source: device.id, unit: link?.unit ?? device.unit, simulated: device.simulated };
  let told: 'up' | 'down' | undefined;
  let before: { at: number; discontinuity: number | null; counters: Record<CounterName, Counter | null> } | undefined;
  let gone = false;

  const event = (type: LinkRecord['type'], at: number, rates = NO_RATES): LinkRecord => ({
    ...{ family: 'link', at, ...common, type, link_id, from_unit: link?.from_unit ?? '', ring: link?.ring ?? '' },
    rx_bps: bits(rates.in_octets),
    tx_bps: bits(rates.out_octets),
  });
  const change = (status: PortStatus, at: number): SnmpRecord[] => {
    if ((status !== 'up' && status !== 'down') || status === told) return [];
    // a port that nobody named and that was never seen up is an empty socket
    if (status === 'down' && told === undefined && !link) return [];
    told = status;
    return [event(status === 'up' ? 'link.up' : 'link.down', at)];
  };

  return {
    port,
    link_id,
    isGone: () => gone,
    told: () => told,
    inherit: (other) => {
      told = other.told();
    },
    tell: (admin, oper, at) => change(statusOf(admin, oper), at),
    read: (values, at, isContinuous) => {
      const oper = numberOf(values.get(objects.oper));
      gone = oper === null;
      const status = statusOf(numberOf(values.get(objects.admin)), oper);
      const now = {
        at,
        discontinuity: numberOf(values.get(objects.discontinuity)),
        counters: countersOf(objects, values),
      };
      const isUnbroken = isContinuous && before?.discontinuity === now.discontinuity;
      const rates = before && isUnbroken ? ratesOf(before, now, port.speed_bps) : NO_RATES;
      before = now;
      // said again with every poll: among several sources of a link who says a thing once is not believed for long
      const changed = status === 'down' && told === 'down' ? [event('link.down', at)] : change(status, at);
      if (status !== 'up') return changed;
      return [...changed, event('link.sample', at, rates), ...readings(port, rates).map(reading)];

      function reading([metric, value, value_unit]: Measured): SnmpRecord {
        return { family: 'reading', at, ...common, subject: link_id, metric, value, value_unit, place: port.name };
      }
    },
  };
}

function countersOf(objects: PortObjects, values: ReadonlyMap<string, SnmpValue>): Record<CounterName, Counter | null> {
  const of = (name: CounterName): Counter | null => counterOf(values.get(objects[name]));
  return {
    ...{ in_octets: of('in_octets'), out_octets: of('out_octets'), in_errors: of('in_errors') },
    ...{ out_errors: of('out_errors'), in_discards: of('in_discards'), out_discards: of('out_discards') },
  };
}

interface Counted {
  at: number;
  counters: Record<CounterName, Counter | null>;
}

function ratesOf(before: Counted, now: Counted, speed_bps: number | null): Rates {
  const most_octets = speed_bps === null ? null : (speed_bps * TOLERANCE) / 8;
  const rates = { ...NO_RATES };
  for (const name of COUNTERS) {
    const [then, counter] = [before.counters[name], now.counters[name]];
    if (!then || !counter) continue;
    const most = name === 'in_octets' || name === 'out_octets' ? most_octets : MOST_ERRORS;
    rates[name] = rateOf(then, counter, (now.at - before.at) / 1_000, most);
  }
  return rates;
}

const bits = (octets: number | null): number | null => (octets === null ? null : Math.round(octets * 8));

type Measured = [metric: string, value: number, unit: string];

/** What is measured at a port; nothing where it cannot be told, such as at the first poll. */
function readings({ speed_bps }: Port, rates: Rates): Measured[] {
  const [rx, tx] = [bits(rates.in_octets), bits(rates.out_octets)];
  const sum = (a: number | null, b: number | null): number | null =>
    a === null && b === null ? null : (a ?? 0) + (b ?? 0);
  const busier =
    rx === null || tx === null || speed_bps === null ? null : Math.min(100, (Math.max(rx, tx) / speed_bps) * 100);
  const measured: [string, number | null, string][] = [
    ['port.in', rx, 'bit/s'],
    ['port.out', tx, 'bit/s'],
    ['port.utilisation', busier === null ? null : Number(busier.toFixed(2)), '%'],
    ['port.errors', sum(rates.in_errors, rates.out_errors), '1/s'],
    ['port.discards', sum(rates.in_discards, rates.out_discards), '1/s'],
  ];
  return measured.flatMap(([metric, value, unit]): Measured[] => (value === null ? [] : [[metric, value, unit]]));
}
