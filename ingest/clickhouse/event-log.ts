import type { LogEntry } from '../schema/row.ts';
import { FAMILY_NAMES, type Family } from '../schema/event.ts';
import type { KnownEvents } from './known/known-events.ts';
import type { Lookup, Place } from './known/lookup.ts';
import type { DeadLetterRow } from '../schema/row.ts';
import type { Batch } from './writer/batch.ts';
import type { Writer } from './writer/writer.ts';

/** What an event log works with. */
export interface EventLogOptions {
  writer: Writer;
  known: KnownEvents;
  lookup: Lookup;
  /** Called with each event that was stored before: whoever stored it may have died before doing what follows. */
  onStored?: (entry: LogEntry) => void;
}

/** Rows that were put on their way. */
export interface Put {
  /** For each event, in order: true when it is new, false when it was stored before, is on its way, or stood earlier in the same list. */
  isNew: boolean[];
  /** Settles when every event of the list is stored, also those that another request had put on their way. */
  stored: Promise<void>;
}

/** Somebody who waits for an answer of the store. */
interface Asking {
  entries: readonly LogEntry[];
  resolve: (put: Put) => void;
  reject: (error: unknown) => void;
}

/**
 * The logs as senders see them: each event is in them once, whatever is sent again.
 *
 * What is on its way is known exactly. What may be stored is known by fingerprint; the store itself then says whether it is, so that "duplicate"
 * is always true and no event is ever left out by mistake.
 */
export class EventLog {
  readonly #writer: Writer;
  readonly #known: KnownEvents;
  readonly #lookup: Lookup;
  readonly #onStored: (entry: LogEntry) => void;
  readonly #asking: Asking[] = [];
  #isAsking = false;

  constructor({ writer, known, lookup, onStored = () => undefined }: EventLogOptions) {
    this.#writer = writer;
    this.#known = known;
    this.#lookup = lookup;
    this.#onStored = onStored;
  }

  /** Puts events on their way. Throws what a lookup throws; nothing of the list is on its way then. */
  put(entries: readonly LogEntry[]): Promise<Put> {
    if (!entries.some(({ row }) => this.#isDoubtful(row))) return Promise.resolve(this.#send(entries, new Set()));
    return new Promise((resolve, reject) => {
      this.#asking.push({ entries, resolve, reject });
      if (!this.#isAsking) void this.#askInTurn();
    });
  }

  /** Puts all on their way but those that are there, or are stored. Does not wait, so nothing comes in between. */
  #send(entries: readonly LogEntry[], stored: ReadonlySet<string>): Put {
    const seen = new Set<string>();
    const batches = new Set<Batch>();
    const isNew = entries.map((entry) => {
      const key = entry.row.event_key;
      const pending = this.#writer.pending(key);
      if (pending) batches.add(pending);
      const isRepeated = pending !== undefined || seen.has(key) || stored.has(key);
      seen.add(key);
      if (stored.has(key)) this.#onStored(entry);
      if (isRepeated) return false;
      batches.add(add(this.#writer, entry, key));
      return true;
    });
    return { isNew, stored: settled(batches) };
  }

  /** Puts dead letters on their way. They collapse by key in the table, so they are not looked up. */
  bury(letters: readonly DeadLetterRow[]): Promise<void> {
    const batches = new Set(letters.map((letter) => this.#writer.add('dead_letter', letter, letter.letter_key)));
    return settled(batches);
  }

  /**
   * Answers those who ask, one group after the other; who comes while the store is asked joins the next group, and one question is asked for all of it.
   *
   * In turn, because an answer of the store holds until the events are on their way only when nobody else may put the same ones there in
   * between. Whoever brings one of them has the same doubt, and so waits here.
   */
  async #askInTurn(): Promise<void> {
    this.#isAsking = true;
    while (this.#asking.length > 0) {
      const group = this.#asking.splice(0);
      await this.#answer(group).catch((error: unknown) => {
        for (const { reject } of group) reject(error);
      });
    }
    this.#isAsking = false;
  }

  /** Asks until nothing is in doubt, and then sends without waiting in between. */
  async #answer(group: readonly Asking[]): Promise<void> {
    const asked = new Set<string>();
    const stored = new Set<string>();
    for (;;) {
      const doubtful = group
        .flatMap(({ entries }) => entries)
        .filter(({ row }) => !asked.has(row.event_key) && this.#isDoubtful(row));
      if (doubtful.length === 0) break;
      for (const { row } of doubtful) asked.add(row.event_key);
      for (const family of FAMILY_NAMES) {
        const places = doubtful.filter((entry) => entry.family === family).map((entry) => entry.row);
        for (const key of await this.#find(family, places)) stored.add(key);
      }
    }
    for (const { entries, resolve } of group) resolve(this.#send(entries, stored));
  }

  async #find(family: Family, places: readonly Place[]): Promise<readonly string[]> {
    if (places.length === 0) return [];
    const found = await this.#lookup.byPlace(family, places);
    // held, yet not where it would be now: it was stored at another instant, or before the unit tree changed
    const moved = places.map((place) => place.event_key).filter((key) => !found.has(key) && this.#known.holds(key));
    if (moved.length === 0) return [...found];
    return [...found, ...(await this.#lookup.byKey(family, moved))];
  }

  #isDoubtful(row: LogEntry['row']): boolean {
    if (this.#writer.pending(row.event_key)) return false;
    return this.#known.holds(row.event_key) || !this.#known.covers(row.observed_at);
  }
}

/** One call for each family, so that row and log are seen to belong together. */
function add(writer: Writer, entry: LogEntry, key: string): Batch {
  switch (entry.family) {
    case 'dossier':
      return writer.add('dossier', entry.row, key);
    case 'link':
      return writer.add('link', entry.row, key);
    case 'security':
      return writer.add('security', entry.row, key);
    case 'reading':
      return writer.add('reading', entry.row, key);
    case 'chase':
      return writer.add('chase', entry.row, key);
    case 'entry':
      return writer.add('entry', entry.row, key);
    case 'display':
      return writer.add('display', entry.row, key);
    case 'syslog':
      return writer.add('syslog', entry.row, key);
    case 'intake':
      return writer.add('intake', entry.row, key);
    case 'alert':
      return writer.add('alert', entry.row, key);
    case 'duty':
      return writer.add('duty', entry.row, key);
  }
}

async function settled(batches: ReadonlySet<Batch>): Promise<void> {
  await Promise.all([...batches].map((batch) => batch.stored));
}
