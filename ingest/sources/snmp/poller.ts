import type { Clock } from '../../schema/clock.ts';
import type { DeviceValues } from '../../schema/device-values.ts';
import type { Device } from '../../schema/inventory.ts';
import { createDeviceWatch, reading, type DeviceWatch } from './device.ts';
import type { SnmpRecord } from './record.ts';
import { openSession, SnmpError, type SnmpFault, type SnmpSession, type SnmpTarget } from './session.ts';

/** Polls under way at once. Devices that are dead hold up nobody: all of 310 may be, and each costs two timeouts. */
const MOST_UNDER_WAY = 100;
/** Polls in a row without an answer after which a device is down. */
const MISSED_POLLS = 3;
/** A notification is confirmed by a poll this soon, in milliseconds: a port that flaps asks once. */
const CONFIRM_MS = 1_000;

/** A device and how it is reached. */
export interface PolledDevice {
  device: Device;
  target: SnmpTarget;
}

/** What a poller works with. */
export interface PollerOptions {
  devices: readonly PolledDevice[];
  files: readonly DeviceValues[];
  interval_ms: number;
  timeout_ms: number;
  clock: Clock;
  /** Takes what a poll says. */
  tell: (records: readonly SnmpRecord[]) => void;
  /** Told of each request that came to nothing, and of each link whose port is not there (`port_missing`). */
  onFault: (fault: SnmpFault | 'port_missing', device: Device) => void;
  /** Told of each poll that was answered. */
  onPoll?: (device: Device, took_ms: number) => void;
}

/** Polls devices. */
export interface Poller {
  start: () => void;
  /** Asks nobody any more, and waits for the answers that are under way. */
  close: () => Promise<void>;
  /** What is known of a device. */
  watchOf: (device: Device) => DeviceWatch | undefined;
  /** Asks a device out of turn. */
  pollSoon: (device: Device) => void;
}

interface Polled extends PolledDevice {
  watch: DeviceWatch;
  session: SnmpSession | undefined;
  timer: NodeJS.Timeout | undefined;
  isUnderWay: boolean;
  missed: number;
  /** When its turn is, by the monotonic clock. */
  due: number;
}

/**
 * Asks each device every interval. Their turns are spread over it; a device is never asked while it has not answered, and one that is slow misses its own turns
 * only.
 */
export function createPoller(options: PollerOptions): Poller {
  const { devices, files, interval_ms, timeout_ms, clock, tell, onFault, onPoll } = options;
  const polled: Polled[] = devices.map(({ device, target }) => ({
    ...{
      device,
      target,
      watch: createDeviceWatch({ device, files, clock, onMissing: () => onFault('port_missing', device) }),
      session: undefined,
    },
    ...{ timer: undefined, isUnderWay: false, missed: 0, due: 0 },
  }));
  const underWay = new Set<Promise<void>>();
  const waiting: Polled[] = [];
  let isEnding = false;

  const wait = (one: Polled, ms: number): void => {
    clearTimeout(one.timer);
    one.timer = setTimeout(() => begin(one), ms);
  };
  const begin = (one: Polled): void => {
    if (isEnding || one.isUnderWay) return;
    if (underWay.size >= MOST_UNDER_WAY) {
      if (!waiting.includes(one)) waiting.push(one);
      return;
    }
    one.isUnderWay = true;
    const work = poll(one).finally(() => {
      one.isUnderWay = false;
      underWay.delete(work);
      // the next of its own turns that is still to come
      const late = performance.now() - one.due;
      one.due += interval_ms * Math.max(1, Math.ceil(late / interval_ms));
      if (!isEnding) wait(one, one.due - performance.now());
      const next = waiting.shift();
      if (next) begin(next);
    });
    underWay.add(work);
  };
  const poll = async (one: Polled): Promise<void> => {
    const begun = performance.now();
    one.session ??= openSession(one.target, {
      timeout_ms,
      onGarbage: () => onFault('garbage', one.device),
    });
    try {
      const records = await one.watch.poll(one.session);
      one.missed = 0;
      tell(records);
      onPoll?.(one.device, performance.now() - begun);
    } catch (error) {
      if (!(error instanceof SnmpError)) throw error;
      onFault(error.fault, one.device);
      // what it was known by may be what is wrong: the agent may have been replaced
      one.session.close();
      one.session = undefined;
      one.missed += 1;
      if (one.missed >= MISSED_POLLS) tell([reading(one.device, clock(), { metric: 'device.reachable', value: 0 })]);
    }
  };

  return {
    start: () => {
      const now = performance.now();
      for (const [n, one] of polled.entries()) {
        const phase = (interval_ms * n) / polled.length;
        one.due = now + phase;
        wait(one, phase);
      }
    },
    close: async () => {
      isEnding = true;
      for (const { timer } of polled) clearTimeout(timer);
      await Promise.allSettled(underWay);
      for (const { session } of polled) session?.close();
    },
    watchOf: (device) => polled.find((one) => one.device === device)?.watch,
    pollSoon: (device) => {
      const one = polled.find((each) => each.device === device);
      if (!one || one.isUnderWay) return;
      wait(one, Math.min(CONFIRM_MS, Math.max(0, one.due - performance.now())));
    },
  };
}
