import type { SnmpSession } from './session.ts';
import { numberOf, textOf, type SnmpValue } from './snmp-value.ts';
import { walkColumns, type Columns } from './walk.ts';

/** Columns of IF-MIB (RFC 2863): of `ifTable`, and of `ifXTable` where it has the longer counter or the name. */
export const PORT = {
  descr: '1.3.6.1.2.1.2.2.1.2',
  type: '1.3.6.1.2.1.2.2.1.3',
  speed: '1.3.6.1.2.1.2.2.1.5',
  admin: '1.3.6.1.2.1.2.2.1.7',
  oper: '1.3.6.1.2.1.2.2.1.8',
  in_octets: '1.3.6.1.2.1.2.2.1.10',
  in_discards: '1.3.6.1.2.1.2.2.1.13',
  in_errors: '1.3.6.1.2.1.2.2.1.14',
  out_octets: '1.3.6.1.2.1.2.2.1.16',
  out_discards: '1.3.6.1.2.1.2.2.1.19',
  out_errors: '1.3.6.1.2.1.2.2.1.20',
  name: '1.3.6.1.2.1.31.1.1.1.1',
  hc_in_octets: '1.3.6.1.2.1.31.1.1.1.6',
  hc_out_octets: '1.3.6.1.2.1.31.1.1.1.10',
  high_speed: '1.3.6.1.2.1.31.1.1.1.15',
  alias: '1.3.6.1.2.1.31.1.1.1.18',
  discontinuity: '1.3.6.1.2.1.31.1.1.1.19',
} as const;

/** A port of a device, as it is found. */
export interface Port {
  index: string;
  /** `ifName`, else `ifDescr`, else the index. */
  name: string;
  descr: string;
  alias: string;
  /** IANAifType. */
  type: number;
  /** null where the device does not say, or says 0. */
  speed_bps: number | null;
  /** Whether it has counters of 64 bits. */
  hasLongCounters: boolean;
}

/** What a port is. `admin_down`: somebody has turned it off, which is no fault; `unknown`: testing, dormant, or not told. */
export type PortStatus = 'up' | 'down' | 'admin_down' | 'unknown';

/** IANAifType of a loopback. */
const LOOPBACK = 24;
/** `ifType` "other" is given to what is no port at all, where it is named so. */
const NO_PORT = /^(?:null|lo|loopback|unrouted|stack-?null)\W*\d*$/i;
/** `ifSpeed` of a port that is too fast for it. */
const SPEED_BEYOND = 4_294_967_295;

/** Reads the ports of a device. Throws an `SnmpError`. */
export async function discoverPorts(session: SnmpSession): Promise<Port[]> {
  const { descr, type, speed, oper, name, hc_in_octets, high_speed, alias } = PORT;
  const columns = await walkColumns(session, [descr, type, speed, oper, name, hc_in_octets, high_speed, alias]);
  const indexes = new Set([...rows(columns, descr), ...rows(columns, oper), ...rows(columns, name)]);
  return [...indexes].map((index) => {
    const at = (column: string): SnmpValue | undefined => columns.get(column)?.get(index);
    const written = textOf(at(descr));
    return {
      index,
      name: textOf(at(name)) || written || index,
      descr: written,
      alias: textOf(at(alias)),
      type: numberOf(at(type)) ?? 0,
      speed_bps: speedOf(numberOf(at(speed)), numberOf(at(high_speed))),
      hasLongCounters: at(hc_in_octets) !== undefined,
    };
  });
}

function rows(columns: Columns, column: string): Iterable<string> {
  return columns.get(column)?.keys() ?? [];
}

function speedOf(bits: number | null, megabits: number | null): number | null {
  if (bits !== null && bits > 0 && bits < SPEED_BEYOND) return bits;
  return megabits !== null && megabits > 0 ? megabits * 1e6 : null;
}

/** Whether a port that no file names counts: loopbacks and the null device never do. */
export function isCounted({ type, name, descr }: Port): boolean {
  return type !== LOOPBACK && !NO_PORT.test(name) && !NO_PORT.test(descr);
}

/** What `ifAdminStatus` and `ifOperStatus` say. A port without the first is taken for turned on. */
export function statusOf(admin: number | null, oper: number | null): PortStatus {
  if (admin === 2) return 'admin_down';
  if (oper === 1) return 'up';
  // down, not present, lower layer down
  return oper === 2 || oper === 6 || oper === 7 ? 'down' : 'unknown';
}

/** The objects that a poll reads of a port. */
export function objectsOf({
  index,
  hasLongCounters,
}: Port): Record<
  | 'admin'
  | 'oper'
  | 'in_octets'
  | 'out_octets'
  | 'in_errors'
  | 'out_errors'
  | 'in_discards'
  | 'out_discards'
  | 'discontinuity',
  string
> {
  return {
    admin: `${PORT.admin}.${index}`,
    oper: `${PORT.oper}.${index}`,
    in_octets: `${hasLongCounters ? PORT.hc_in_octets : PORT.in_octets}.${index}`,
    out_octets: `${hasLongCounters ? PORT.hc_out_octets : PORT.out_octets}.${index}`,
    in_errors: `${PORT.in_errors}.${index}`,
    out_errors: `${PORT.out_errors}.${index}`,
    in_discards: `${PORT.in_discards}.${index}`,
    out_discards: `${PORT.out_discards}.${index}`,
    discontinuity: `${PORT.discontinuity}.${index}`,
  };
}
export type PortObjects = ReturnType<typeof objectsOf>;
