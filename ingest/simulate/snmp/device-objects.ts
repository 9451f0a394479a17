import { ObjectType } from 'net-snmp';
import type { Device } from '../../schema/inventory.ts';
import { around, nameOf, stream } from '../random.ts';
import { longCounter, type ServedObject } from './object-tree.ts';

/** A port as it is at this instant. */
export interface PortState {
  name: string;
  isUp: boolean;
  speed_bps: number;
  in_octets: bigint;
  out_octets: bigint;
}

/** What a device is at an instant. */
export interface DeviceState {
  device: Device;
  /** Since it began, in seconds. */
  uptime_s: number;
  ports: readonly PortState[];
  /** 0 to 1: how busy the offices are. */
  busy: number;
  seed: number;
  /** Epoch ms. */
  at: number;
}

const { Integer, Gauge, Counter, Counter64, OctetString, TimeTicks } = ObjectType;
/** `sysObjectID` of a router of Cisco, of net-snmp on Linux, and of what only knows UPS-MIB. */
const VENDORS = { network: '1.3.6.1.4.1.9.1.2068', server: '1.3.6.1.4.1.8072.3.2.10', ups: '1.3.6.1.2.1.33' } as const;
const MEMORY_BYTES = 1_000_000_000;
const DISK_BLOCKS = 50_000_000;
/** hrStorageFixedDisk. */
const FIXED_DISK = '1.3.6.1.2.1.25.2.1.4';

const text = (oid: string, value: string): ServedObject => ({ oid, type: OctetString, value });
const gauge = (oid: string, value: number): ServedObject => ({ oid, type: Gauge, value: Math.round(value) });
const integer = (oid: string, value: number): ServedObject => ({ oid, type: Integer, value: Math.round(value) });

/** All that a device answers with at an instant. */
export function deviceObjects(state: DeviceState): ServedObject[] {
  const { device, uptime_s } = state;
  const family = device.kind === 'ups' ? 'ups' : device.kind === 'server' ? 'server' : 'network';
  return [
    text('1.3.6.1.2.1.1.1.0', `${device.name} (simulated)`),
    { oid: '1.3.6.1.2.1.1.2.0', type: ObjectType.OID, value: VENDORS[family] },
    { oid: '1.3.6.1.2.1.1.3.0', type: TimeTicks, value: Math.round(uptime_s * 100) },
    text('1.3.6.1.2.1.1.5.0', device.hostname ?? device.id),
    ...state.ports.flatMap((port, n) => portObjects(port, n + 1)),
    ...{ network: networkObjects, server: serverObjects, ups: upsObjects }[family](state),
  ];
}

/** IF-MIB. */
function portObjects(port: PortState, index: number): ServedObject[] {
  const entry = (column: number): string => `1.3.6.1.2.1.2.2.1.${column}.${index}`;
  const more = (column: number): string => `1.3.6.1.2.1.31.1.1.1.${column}.${index}`;
  return [
    text(entry(2), port.name),
    integer(entry(3), 6),
    gauge(entry(5), port.speed_bps),
    integer(entry(7), 1),
    integer(entry(8), port.isUp ? 1 : 2),
    ...[13, 14, 19, 20].map((column) => ({ oid: entry(column), type: Counter, value: 0 })),
    text(more(1), port.name),
    { oid: more(6), type: Counter64, value: longCounter(port.in_octets) },
    { oid: more(10), type: Counter64, value: longCounter(port.out_octets) },
    gauge(more(15), port.speed_bps / 1e6),
    { oid: more(19), type: TimeTicks, value: 0 },
  ];
}

/** A number about `mean` that a device shows for a minute. */
function shown({ device, seed, at }: DeviceState, what: string, mean: number, noise: number): number {
  return mean * (1 + noise * around(stream(seed, nameOf(device.id), nameOf(what), Math.floor(at / 60_000))));
}
/** What sets a device apart from others of its kind, 0 to 1. */
function own({ device, seed }: DeviceState, what: string): number {
  return stream(seed, nameOf(device.id), nameOf(what))();
}

/** CISCO-PROCESS-MIB, CISCO-MEMORY-POOL-MIB, CISCO-ENVMON-MIB. */
function networkObjects(state: DeviceState): ServedObject[] {
  const used = shown(state, 'memory', 0.3 + 0.25 * own(state, 'memory'), 0.02) * MEMORY_BYTES;
  const environment = '1.3.6.1.4.1.9.9.13.1';
  return [
    gauge('1.3.6.1.4.1.9.9.109.1.1.1.1.8.1', shown(state, 'cpu', 6 + 10 * own(state, 'cpu') + 25 * state.busy, 0.3)),
    text('1.3.6.1.4.1.9.9.48.1.1.1.2.1', 'Processor'),
    gauge('1.3.6.1.4.1.9.9.48.1.1.1.5.1', used),
    gauge('1.3.6.1.4.1.9.9.48.1.1.1.6.1', MEMORY_BYTES - used),
    text(`${environment}.3.1.2.1`, 'Chassis'),
    gauge(`${environment}.3.1.3.1`, shown(state, 'heat', 20 + 2 * own(state, 'heat') + state.busy, 0.03)),
    integer(`${environment}.3.1.4.1`, 65),
    text(`${environment}.4.1.2.1`, 'Fan 1'),
    integer(`${environment}.4.1.3.1`, 1),
    text(`${environment}.5.1.2.1`, 'Power Supply 1'),
    integer(`${environment}.5.1.3.1`, 1),
  ];
}

/** UCD-SNMP-MIB and HOST-RESOURCES-MIB. */
function serverObjects(state: DeviceState): ServedObject[] {
  const memory_kb = 16_000_000;
  const storage = '1.3.6.1.2.1.25.2.3.1';
  const busy = shown(state, 'cpu', 8 + 12 * own(state, 'cpu') + 40 * state.busy, 0.3);
  return [
    integer('1.3.6.1.4.1.2021.4.5.0', memory_kb),
    integer(
      '1.3.6.1.4.1.2021.4.6.0',
      memory_kb * (1 - shown(state, 'memory', 0.45 + 0.2 * own(state, 'memory'), 0.03)),
    ),
    integer('1.3.6.1.4.1.2021.11.11.0', 100 - busy),
    text('1.3.6.1.4.1.2021.10.1.2.1', 'Load-1'),
    integer('1.3.6.1.4.1.2021.10.1.5.1', busy * 4),
    { oid: `${storage}.2.1`, type: ObjectType.OID, value: FIXED_DISK },
    text(`${storage}.3.1`, '/'),
    integer(`${storage}.5.1`, DISK_BLOCKS),
    integer(`${storage}.6.1`, DISK_BLOCKS * (0.5 + 0.25 * own(state, 'disk'))),
  ];
}

/** UPS-MIB: mains power, a full battery. */
function upsObjects(state: DeviceState): ServedObject[] {
  const ups = '1.3.6.1.2.1.33.1';
  const load = shown(state, 'load', 34 + 8 * own(state, 'load') + 7 * state.busy, 0.03);
  return [
    integer(`${ups}.2.1.0`, 2),
    integer(`${ups}.2.2.0`, 0),
    integer(`${ups}.2.3.0`, 1_900 / load),
    integer(`${ups}.2.4.0`, 100),
    integer(`${ups}.2.5.0`, shown(state, 'battery', 2_730, 0.002)),
    integer(`${ups}.2.7.0`, shown(state, 'heat', 22, 0.04)),
    integer(`${ups}.3.3.1.2.1`, 500),
    integer(`${ups}.3.3.1.3.1`, shown(state, 'input', 227, 0.02)),
    integer(`${ups}.4.1.0`, 3),
    integer(`${ups}.4.2.0`, 500),
    integer(`${ups}.4.4.1.2.1`, shown(state, 'output', 230, 0.002)),
    integer(`${ups}.4.4.1.3.1`, load * 2.6),
    integer(`${ups}.4.4.1.4.1`, load * 60),
    integer(`${ups}.4.4.1.5.1`, load),
    gauge(`${ups}.6.1.0`, 0),
  ];
}
