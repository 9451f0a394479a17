import type { Clock } from '../../schema/clock.ts';
import type { DeviceValues } from '../../schema/device-values.ts';
import type { Device, DeviceIndex } from '../../schema/inventory.ts';
import type { Collected, CollectingSource } from '../collecting-source.ts';
import { createPoller, type PolledDevice, type Poller } from './poller.ts';
import { readSnmp, type SnmpRecord } from './record.ts';
import { sendersOf } from './targets.ts';
import { recordsOf } from './trap-records.ts';
import type { TrapBook } from './trap-text.ts';
import { listenTraps, type TrapListener } from './traps.ts';

/** What the source is made with. */
export interface SnmpOptions {
  /** Who sends notifications is found here. */
  devices: DeviceIndex;
  polled: readonly PolledDevice[];
  files: readonly DeviceValues[];
  interval_ms: number;
  timeout_ms: number;
  /** Where notifications come; `port` 0 is any free one. */
  traps: { host: string; port: number; book: TrapBook };
  clock: Clock;
  /** Told of each request that came to nothing, and of each datagram that cannot be used: what is wrong, and with which device. */
  onFault: (fault: string, device: Device | undefined) => void;
  onPoll?: (device: Device, took_ms: number) => void;
}

/** The source of SNMP: it tells where it listens. */
export interface SnmpSource extends CollectingSource {
  /** The port of notifications, once it has started. */
  trapPort: () => number;
}

/** SNMP: asks the devices of the inventory, and takes what they tell by themselves. */
export function createSnmpSource(options: SnmpOptions): SnmpSource {
  const { devices, polled, traps, clock, onFault } = options;
  let poller: Poller | undefined;
  let listener: TrapListener | undefined;
  return {
    entry: 'snmp',
    read: readSnmp,
    trapPort: () => listener?.port ?? 0,
    udpPorts: () => (listener ? [listener.port] : []),
    start: async (intake) => {
      const asking = createPoller({ ...options, devices: polled, tell: (records) => spool(intake, 'poll', records) });
      listener = await listenTraps({
        ...{ host: traps.host, port: traps.port },
        ...sendersOf(polled),
        onTrap: (notification) =>
          spool(
            intake,
            'trap',
            recordsOf(notification, {
              devices,
              book: traps.book,
              clock,
              watchOf: asking.watchOf,
              pollSoon: asking.pollSoon,
            }),
          ),
        onFault: (fault) => onFault(fault, undefined),
      });
      poller = asking;
      asking.start();
    },
    close: async () => {
      await Promise.all([poller?.close(), listener?.close()]);
    },
  };
}

/** Appends events to the spool; those that it has no room for are counted. */
function spool(intake: Collected, by: string, records: readonly SnmpRecord[]): void {
  for (const [n, record] of records.entries()) {
    const bytes = Buffer.from(JSON.stringify(record));
    if (bytes.length > intake.spool.record_bytes) {
      intake.drop(by, 'too_large', 1);
      continue;
    }
    if (!intake.spool.append(record.source, bytes)) {
      intake.drop(by, 'spool_full', records.length - n);
      return;
    }
    intake.receive(by, 1);
  }
}
