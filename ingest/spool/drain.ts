import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { insertUntilStored, type InsertReport } from '../clickhouse/writer/insert.ts';
import { RowSet, type PlainEntry } from '../clickhouse/writer/row-set.ts';
import type { BatchStore } from '../clickhouse/writer/store.ts';
import { faultFields } from '../fault-fields.ts';
import type { EventResult } from '../metrics.ts';
import { createDeadLetters } from '../pipeline/dead-letter.ts';
import type { Rejected, Step } from '../pipeline/step.ts';
import type { UnitIndex } from '../schema/unit-index.ts';
import { recordsOf } from './block.ts';
import type { Spool, SpooledBlock } from './spool.ts';

/** What is known of a record beside its bytes. */
export interface RecordOrigin {
  /** The key that an event made of it has, where it has no id of its own: by the segment and its place there, so that it is the same whenever it is read again. */
  event_key: string;
  /** Who sent it, as the source named it when it was spooled. */
  sender: string;
  /** Epoch ms, UTC. */
  received_at: number;
}

/** The events of a record that holds several, and why the rest of it is refused. */
export interface Several {
  result: 'several';
  /** The source of those that are refused. */
  source: string;
  events: readonly (PlainEntry | Rejected)[];
}

/** The event that a record stands for, or why it is refused. It may not throw: a record is never lost. */
export type ReadRecord = (
  bytes: Buffer,
  from: number,
  to: number,
  origin: RecordOrigin,
) => PlainEntry | Rejected | Several;

/** What a drain works with. */
export interface DrainOptions {
  /** The entry that its records came by: `syslog`. */
  entry: string;
  spool: Spool;
  read: ReadRecord;
  pipeline: Step;
  units: UnitIndex;
  store: BatchStore;
  log: Logger;
  onInsert: (report: InsertReport) => void;
  /** Told once for each block, source and fate. */
  onStored: (source: string, result: EventResult, code: string, count: number, received_at: number) => void;
}

/** Blocks that are being stored at the same time. */
const MOST_UNDER_WAY = 2;
/** Records that are read before others have their turn: some milliseconds, so that a socket is not left alone for long. */
const RECORDS_A_TURN = 500;
const RETRY_MS = [100, 2_000] as const;
/** Pause after an error that would come again, in milliseconds: a fault of ours or of the tables, which somebody has to mend. Nothing is lost meanwhile. */
const MEND_MS = 30_000;

/**
 * Brings what a spool gives out into the logs, block by block: each becomes one insert a log, with the place of the block as its token. A block is
 * forgotten only when all of it is stored; one that was stored before the process died is sent again and collapses.
 */
export class Drain {
  readonly #options: DrainOptions;
  readonly #deadLetter: ReturnType<typeof createDeadLetters>;
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #spare: RowSet[] = [];
  #isFailing = false;
  #done: Promise<void> | undefined;

  constructor(options: DrainOptions) {
    this.#options = options;
    this.#deadLetter = createDeadLetters(options.units);
  }

  /** True while the store refuses what is brought. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Begins. */
  start(): void {
    this.#done = this.#run();
  }

  /** Stores what is left, for at most `grace_ms`, and ends; what is not stored by then stays in the spool. Flush the spool first. */
  async close(grace_ms: number): Promise<void> {
    const timer = setTimeout(() => this.#ending.abort(), grace_ms);
    await this.#done;
    clearTimeout(timer);
    this.#ending.abort();
  }

  async #run(): Promise<void> {
    for (;;) {
      const block = await this.#options.spool.next(this.#ending.signal);
      if (!block) break;
      const rows = this.#spare.pop() ?? new RowSet();
      const tally = await this.#encode(block, rows);
      // the next block is read while those before it are stored
      while (this.#underWay.size >= MOST_UNDER_WAY) await Promise.race(this.#underWay);
      const work = this.#store(block, rows, tally).finally(() => {
        this.#underWay.delete(work);
        rows.reset();
        this.#spare.push(rows);
      });
      this.#underWay.add(work);
    }
    await Promise.all(this.#underWay);
  }

  /** Reads the records of a block into rows. */
  async #encode(block: SpooledBlock, rows: RowSet): Promise<Tally> {
    const { entry, read } = this.#options;
    const { segment, header, bytes } = block;
    const tally = new Tally();
    // the number in the midst of the id: the first half of a key then tells records of a segment apart, and counts up
    const head = segment.id.slice(0, 8);
    const tail = segment.id.slice(8);
    let ordinal = header.first;
    for (const { sender, from, to } of recordsOf(bytes)) {
      const origin: RecordOrigin = {
        event_key: head + ordinal.toString(16).padStart(8, '0') + tail,
        sender,
        received_at: header.received_at,
      };
      ordinal += 1;
      const told = read(bytes, from, to, origin);
      const sent = (): string => bytes.toString('utf8', from, to);
      if (!('result' in told) || told.result === 'rejected') this.#put(told, entry, sent, origin, rows, tally);
      else for (const event of told.events) this.#put(event, told.source, sent, origin, rows, tally);
      if (ordinal % RECORDS_A_TURN === 0) await nextTurn();
    }
    return tally;
  }

  /** Brings one event through the steps, into the rows of its log or the dead letters. */
  #put(
    event: PlainEntry | Rejected,
    from: string,
    sent: () => string,
    { received_at }: RecordOrigin,
    rows: RowSet,
    tally: Tally,
  ): void {
    const { entry, pipeline } = this.#options;
    const outcome = 'result' in event ? event : pipeline(event);
    const source = 'result' in event ? from : event.row.source;
    if (outcome.result === 'kept' && !('result' in event)) rows.add(event);
    if (outcome.result !== 'rejected')
      return tally.count(source, outcome.result === 'kept' ? 'accepted' : 'dropped', '');
    const unit = 'result' in event ? '' : event.row.unit;
    const simulated = 'result' in event ? 0 : event.row.simulated;
    const origin = { entry, source, simulated, within: undefined, received_at };
    rows.bury(this.#deadLetter({ sent: sent(), source, unit }, outcome, origin));
    tally.count(source, 'rejected', outcome.code);
  }

  async #store(block: SpooledBlock, rows: RowSet, tally: Tally): Promise<void> {
    const { spool, store, log, onInsert, onStored } = this.#options;
    const { signal } = this.#ending;
    const report = (told: InsertReport): void => {
      this.#isFailing = told.failure !== undefined;
      onInsert(told);
    };
    const one = async ({ log: name, rows: count, bytes }: ReturnType<RowSet['encoded']>[number]): Promise<boolean> => {
      const token = `${name}-${block.segment.id}-${block.from}`;
      for (;;) {
        const failure = await insertUntilStored(
          { log: name, rows: count, bytes, token },
          { store, retry_ms: RETRY_MS, signal, onInsert: report },
        );
        if (!failure) return true;
        if (signal.aborted) return false;
        log.error({ log: name, ...faultFields(failure) }, 'spooled rows cannot be stored until somebody mends it');
        await sleep(MEND_MS, undefined, { signal }).catch(() => undefined);
      }
    };
    const stored = await Promise.all(rows.encoded().map(one));
    if (stored.includes(false)) return;
    spool.stored(block);
    for (const { source, result, code, count } of tally.values())
      onStored(source, result, code, count, block.header.received_at);
  }
}

/** Events of one source with one fate. */
interface Count {
  source: string;
  result: EventResult;
  code: string;
  count: number;
}

/** How many events of a block met which fate. */
class Tally {
  readonly #counts = new Map<string, Count>();
  #last: Count | undefined;

  count(source: string, result: EventResult, code: string): void {
    const last = this.#last;
    if (last?.source === source && last.result === result && last.code === code) {
      last.count += 1;
      return;
    }
    const key = `${result}\0${code}\0${source}`;
    const entry = this.#counts.get(key);
    if (entry) {
      entry.count += 1;
      this.#last = entry;
    } else this.#counts.set(key, (this.#last = { source, result, code, count: 1 }));
  }

  values(): Iterable<Count> {
    return this.#counts.values();
  }
}
