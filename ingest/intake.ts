import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog } from './clickhouse/event-log.ts';
import { RequestFault } from './errors.ts';
import type { EventResult, Metrics } from './metrics.ts';
import { createDeadLetters, type Refusal, type Refused } from './pipeline/dead-letter.ts';
import { rejected, type Origin, type Rejected, type Step } from './pipeline/step.ts';
import type { IngestReply } from './schema/reply.ts';
import type { LogEntry } from './schema/row.ts';
import type { UnitIndex } from './schema/unit-index.ts';
import { storeFault } from './store-fault.ts';

/** One thing that a sender sent, as its source has read it: the events that it stands for, or why it is refused. */
export interface Element {
  /** As it was sent; kept, redacted, when it is refused. */
  sent: unknown;
  source: string;
  /** The unit as far as it could be read, for the dead letter. */
  unit: string;
  read: readonly LogEntry[] | Rejected;
}

/** What the intake works with. */
export interface IntakeOptions {
  pipeline: Step;
  units: UnitIndex;
  /** Whether so many more rows would be too many: what is on its way is bounded. */
  isFull: (rows: number) => boolean;
  log: Pick<EventLog, 'put' | 'bury'>;
  metrics: Metrics;
  /** Longest wait for the store before the sender is told to try again, in milliseconds. @default 20_000 */
  patience_ms?: number;
  /** Most elements of one request. @default 100_000 */
  most_elements?: number;
}

/** What became of the elements of a request: in sum for the sender, and one by one. */
export interface Taken {
  reply: IngestReply;
  fates: readonly Fate[];
}

/** What became of one element. */
export type Fate = 'accepted' | 'duplicate' | 'rejected';

/** Takes what requests bring. Both throw a `RequestFault` when the store does not take it: the sender then sends all again. */
export interface Intake {
  /** Stores what one request brought, and says what became of each element. */
  take: (elements: readonly Element[], origin: Origin) => Promise<Taken>;
  /** Keeps, as a dead letter, a request that could not be read at all. */
  bury: (refused: Refused, why: Refusal, origin: Origin) => Promise<void>;
}

/**
 * Makes the intake. What it does resolves when every row, and every dead letter, is stored. The faults are `IOC_QUEUE_FULL`, `IOC_STORE_AWAY` and
 * `IOC_EVENTS_TOO_MANY`; of a request that is sent again, what was stored meanwhile is a duplicate.
 */
export function createIntake(options: IntakeOptions): Intake {
  const { pipeline, units, isFull, log, metrics, patience_ms = 20_000, most_elements = 100_000 } = options;
  const deadLetter = createDeadLetters(units);

  const take: Intake['take'] = async (elements, origin) => {
    if (elements.length > most_elements)
      throw new RequestFault('IOC_EVENTS_TOO_MANY', `${elements.length}, at most ${most_elements}`);
    const within = origin.within === undefined ? '' : (units.resolve(origin.within)?.path ?? units.unknownPath);
    const refused: { index: number; element: Element; why: Rejected }[] = [];
    const kept: LogEntry[] = [];
    const spans: { index: number; from: number; to: number }[] = [];
    for (const [index, element] of elements.entries()) {
      const from = kept.length;
      const why = 'result' in element.read ? element.read : pass(pipeline, element.read, kept, within);
      if (why === undefined) spans.push({ index, from, to: kept.length });
      else {
        kept.length = from;
        refused.push({ index, element, why });
      }
    }
    if (isFull(kept.length + refused.length)) throw new RequestFault('IOC_QUEUE_FULL');

    const letters = refused.map(({ element, why }) => deadLetter(element, why, origin));
    const isNew = await inTime(patience_ms, async () => {
      const buried = log.bury(letters);
      const put = await log.put(kept);
      await Promise.all([buried, put.stored]);
      return put.isNew;
    });

    const fates: Fate[] = elements.map(() => 'rejected');
    const tally = createTally(metrics, origin);
    for (const { index, from, to } of spans) {
      const isDuplicate = to > from && !isNew.slice(from, to).includes(true);
      fates[index] = isDuplicate ? 'duplicate' : 'accepted';
      tally.count(elements[index]?.source ?? '', isDuplicate ? 'duplicate' : to > from ? 'accepted' : 'dropped', '');
    }
    for (const { element, why } of refused) tally.count(element.source, 'rejected', why.code);
    tally.end();
    return {
      fates,
      reply: {
        accepted: fates.filter((fate) => fate === 'accepted').length,
        duplicate: fates.filter((fate) => fate === 'duplicate').length,
        rejected: refused.map(({ index, why }) => ({ index, code: why.code, reason: why.reason })),
      },
    };
  };
  return {
    take,
    bury: (refused, why, origin) => inTime(patience_ms, () => log.bury([deadLetter(refused, why, origin)])),
  };
}

/** Runs the events of one element through the steps into `kept`; the refusal when one of them is refused, or lies outside of the path that its sender may speak for. */
function pass(pipeline: Step, entries: readonly LogEntry[], kept: LogEntry[], within: string): Rejected | undefined {
  for (const entry of entries) {
    const outcome = pipeline(entry);
    if (outcome.result === 'rejected') return outcome;
    if (!entry.row.unit_path.startsWith(within))
      return rejected('IOC_EVENT_UNIT_FOREIGN', 'the token is of another unit');
    if (outcome.result === 'kept') kept.push(entry);
  }
  return undefined;
}

async function inTime<Value>(patience_ms: number, work: () => Promise<Value>): Promise<Value> {
  const stop = new AbortController();
  const late = sleep(patience_ms, undefined, { signal: stop.signal }).then(() => {
    throw new RequestFault('IOC_STORE_AWAY');
  });
  late.catch(() => undefined);
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw storeFault(error);
  } finally {
    stop.abort();
  }
}

/** Counts the events of one request, and tells the metrics once for each kind. */
function createTally(metrics: Metrics, origin: Origin) {
  const counts = new Map<string, { source: string; result: EventResult; code: string; count: number }>();
  return {
    count: (source: string, result: EventResult, code: string) => {
      const key = `${source}\0${result}\0${code}`;
      const entry = counts.get(key);
      if (entry) entry.count += 1;
      else counts.set(key, { source, result, code, count: 1 });
    },
    end: () => {
      for (const { source, result, code, count } of counts.values()) {
        metrics.countEvents(source, origin.entry, result, code, count);
        metrics.sawSource(source, origin.entry, origin.received_at);
      }
    },
  };
}
