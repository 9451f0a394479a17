import { HOUR_MS, localDay, localHour, MINUTE_MS } from './local-time.ts';
import type { Line, LinkPlan } from './link-plan.ts';
import { cloudEvent, createStretchFeed, type Feed, type Message } from './message.ts';
import type { Outages } from './outages.ts';
import type { Province } from './province.ts';
import { around, nameOf, stream, type Draw } from './random.ts';

const LINK_SOURCE = 'mang-tslcd';

/** What a port at an end of a line sees. */
export interface LineState {
  isUp: boolean;
  /** 0 while it is down. */
  rx_bps: number;
  tx_bps: number;
  capacity_bps: number;
}
/** How a line is at an instant; undefined for one that is not in the plan. */
export type LineLife = (id: string, at: number) => LineState | undefined;

/** The lines as the devices at their ends see them: the same life that the samples of `createLinkFeed` tell of. */
export function createLineLife(province: Province, plan: LinkPlan, outages: Outages): LineLife {
  const period = province.behaviour.links.sample_s * 1000;
  const numbers = new Map(plan.lines.map((line, n) => [line.id, n]));
  return (id, at) => {
    const n = numbers.get(id);
    const line = n === undefined ? undefined : plan.lines[n];
    if (n === undefined || !line) return undefined;
    const { capacity_bps } = line;
    if (outages.at(n, at)) return { isUp: false, rx_bps: 0, tx_bps: 0, capacity_bps };
    const draw = stream(province.seed, nameOf('port'), nameOf(id), Math.floor(at / period));
    return { isUp: true, ...traffic(line, draw, loadAt(province, at)), capacity_bps };
  };
}

/**
 * The life of the network: a sample of every line that is up, every `sample_s` seconds, and its changes of state.
 *
 * @param thin keeps one sample of so many, for a past that is filled in; changes of state are all kept
 */
export function createLinkFeed(province: Province, plan: LinkPlan, outages: Outages, thin = 1): Feed {
  const { seed, behaviour, root } = province;
  const period = behaviour.links.sample_s * 1000;
  const names = plan.lines.map((line) => nameOf(line.id));
  const isPoor = (n: number, line: Line, at: number) =>
    stream(seed, nameOf('poor'), names[n] ?? 0, Math.floor(at / HOUR_MS))() < behaviour.links.poor_hours * line.frailty;
  return createStretchFeed(MINUTE_MS, (start) => {
    const end = start + MINUTE_MS;
    const messages = changesBetween(plan, outages, start, end).map(({ line, type, at }) =>
      linkEvent(root.code, line, type, at),
    );
    const busy = loadAt(province, start);
    for (const [n, line] of plan.lines.entries()) {
      // lines take turns, so that something comes in all the time
      const phase = Math.floor((n * period) / plan.lines.length);
      for (let turn = Math.ceil((start - phase) / period); turn * period + phase < end; turn += 1) {
        const at = turn * period + phase;
        if (turn % thin !== 0 || outages.at(n, at)) continue;
        const measured = sample(line, stream(seed, names[n] ?? 0, turn), busy, isPoor(n, line, at));
        messages.push(linkEvent(root.code, line, 'link.sample', at, measured));
      }
    }
    return messages;
  });
}

/** The changes of state in `[from, to)`. */
function changesBetween(plan: LinkPlan, outages: Outages, from: number, to: number) {
  const day = localDay(from);
  const changes: { line: Line; type: 'link.down' | 'link.up'; at: number }[] = [];
  for (const outage of [...outages.startingOn(day - 1), ...outages.startingOn(day)]) {
    const line = plan.lines[outage.line];
    if (line) changes.push({ line, type: 'link.down', at: outage.from }, { line, type: 'link.up', at: outage.to });
  }
  return changes.filter(({ at }) => from <= at && at < to);
}

function linkEvent(
  from_unit: string,
  line: Line,
  type: string,
  at: number,
  measured?: Record<string, number>,
): Message {
  const data = { from_unit, ring: line.ring, ...measured };
  const text = cloudEvent({ source: LINK_SOURCE, type, subject: line.id, unit: line.unit.code, at, data });
  return { at, entry: 'event', key: line.id, text };
}

function sample(line: Line, draw: Draw, busy: number, isPoor: boolean): Record<string, number> {
  const queueing = 1 + busy * draw() * 1.5;
  const lost = draw();
  return {
    latency_ms: rounded(line.latency_ms * queueing * (1 + 0.25 * around(draw)) * (isPoor ? 4 + 3 * draw() : 1), 1),
    loss_ratio: isPoor ? rounded(0.02 + 0.07 * draw(), 4) : lost < 0.94 ? 0 : rounded((lost - 0.94) / 20, 4),
    ...traffic(line, draw, busy),
  };
}

function traffic({ capacity_bps }: Line, draw: Draw, busy: number): { rx_bps: number; tx_bps: number } {
  return {
    rx_bps: Math.round(capacity_bps * (0.01 + busy * (0.1 + 0.5 * draw()))),
    tx_bps: Math.round(capacity_bps * (0.005 + busy * (0.03 + 0.2 * draw()))),
  };
}

/** How busy the offices are, 0 to 1. */
export function loadAt({ working }: Province, at: number): number {
  if (working.isWorking(at)) return 0.8;
  if (working.spansOf(working.dayOf(at)).length === 0) return 0.08;
  const hour = localHour(at);
  return hour > 11 && hour < 14 ? 0.4 : hour > 6 && hour < 20 ? 0.2 : 0.05;
}

/** A number with so many decimals. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits;
  return Math.round(value * scale) / scale;
}
