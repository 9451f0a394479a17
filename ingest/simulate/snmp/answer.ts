import type { Clock } from '../../schema/clock.ts';
import type { Device } from '../../schema/inventory.ts';
import { loadAt, type LineLife } from '../link-life.ts';
import type { Province } from '../province.ts';
import { startAgent, type Agent } from './agent.ts';
import { deviceObjects, type PortState } from './device-objects.ts';
import { createObjectTree, type ObjectTree } from './object-tree.ts';

/** What the devices answer with. */
export interface AnswerOptions {
  /** Where they all listen; each is asked with its id as community. */
  address: string;
  port: number;
  devices: readonly Device[];
  lines: LineLife;
  province: Province;
  clock: Clock;
  signal: AbortSignal;
  /** Writes one line for people. */
  say: (line: string) => void;
}

/** What was read at one instant is the same: a walk of several requests fits together. */
const STEADY_MS = 500;

/** Lets the devices of an inventory that are asked over SNMP answer, until the signal aborts. They began when this was called: their counters are 0 then. */
export function answerSnmp(options: AnswerOptions): Agent {
  const { address, port, signal, say } = options;
  const devices = new Map(
    options.devices.filter(({ snmp }) => snmp).map((device) => [device.id, createDevice(device, options)]),
  );
  const agent = startAgent({
    ...{ address, port, communities: [...devices.keys()] },
    treeOf: (community) => devices.get(community)?.(),
    onError: (error) => say(`the simulated devices cannot be asked over SNMP: ${error.message}`),
  });
  signal.addEventListener('abort', () => agent.close(), { once: true });
  return agent;
}

/** A device: gives its objects as they are now. */
function createDevice(device: Device, { lines, province, clock }: AnswerOptions): () => ObjectTree {
  const began = clock();
  const ports = (device.links ?? []).map((link) => createPort(link, lines, began));
  const objectsAt = (at: number) =>
    deviceObjects({
      ...{ device, at, busy: loadAt(province, at), seed: province.seed, uptime_s: (at - began) / 1_000 },
      ports: ports.map((stateAt) => stateAt(at)),
    });
  const tree = createObjectTree(objectsAt(began));
  let told = began;
  return () => {
    const now = clock();
    if (now - told >= STEADY_MS) {
      told = now;
      tree.set(...objectsAt(now));
    }
    return tree;
  };
}

/** A port: its counters grow by what its line carries. */
function createPort(
  link: { interface: string; id: string },
  lines: LineLife,
  began: number,
): (at: number) => PortState {
  let last = began;
  let [received, sent] = [0, 0];
  return (at) => {
    const line = lines(link.id, at);
    const seconds = Math.max(0, at - last) / 1_000;
    last = at;
    received += ((line?.rx_bps ?? 0) * seconds) / 8;
    sent += ((line?.tx_bps ?? 0) * seconds) / 8;
    return {
      name: link.interface,
      // a port whose line nobody has planned has nothing plugged in
      isUp: line?.isUp ?? false,
      speed_bps: line?.capacity_bps ?? 100e6,
      in_octets: BigInt(Math.round(received)),
      out_octets: BigInt(Math.round(sent)),
    };
  };
}
