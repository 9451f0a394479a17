import { setTimeout as sleep } from 'node:timers/promises';

/** What a coalesced work list is made with. */
export interface CoalescedOptions<Item> {
  /** Items with the same key are the same work. */
  keyOf: (item: Item) => string;
  /** Does the work of some items at once. When it throws they are tried again. */
  work: (items: readonly Item[]) => Promise<void>;
  /** Most items of one turn. */
  chunk: number;
  /** Items above which it is full. */
  capacity: number;
  /** Shortest rest after a turn, in milliseconds; it rests three times as long as the turn took when that is longer, so most of the time is free. */
  rest_ms: number;
  onFault?: (error: unknown) => void;
}

/** Pause after a turn that failed, in milliseconds. */
const RETRY_MS = 250;

/**
 * Work that is asked for again and again and need be done once: a set of items, oldest first, done in turns until it is empty. An item
 * that is asked for while its turn is under way is done once more, because that turn may have seen too little.
 */
export class Coalesced<Item> {
  readonly #options: CoalescedOptions<Item>;
  /** By key, in order of age; the instant is when it was first asked for and not yet done. */
  readonly #waiting = new Map<string, { item: Item; since: number }>();
  #underWay: readonly { since: number }[] = [];
  #run: Promise<void> | undefined;
  #isEnding = false;

  constructor(options: CoalescedOptions<Item>) {
    this.#options = options;
  }

  /** Items that wait or are being worked on. */
  get size(): number {
    return this.#waiting.size + this.#underWay.length;
  }

  get isFull(): boolean {
    return this.#waiting.size >= this.#options.capacity;
  }

  /** Age of the oldest item that is not done, in milliseconds; 0 when all is done. */
  get oldest_ms(): number {
    const [first] = this.#waiting.values();
    const since = Math.min(this.#underWay[0]?.since ?? Infinity, first?.since ?? Infinity);
    return since === Infinity ? 0 : performance.now() - since;
  }

  /** Asks for items. Does not wait. */
  add(items: Iterable<Item>): void {
    const since = performance.now();
    for (const item of items) {
      const key = this.#options.keyOf(item);
      if (!this.#waiting.has(key)) this.#waiting.set(key, { item, since });
    }
    if (this.#waiting.size > 0) this.#run ??= this.#turns();
  }

  /** Resolves when nothing is left to do. */
  async idle(): Promise<void> {
    await this.#run;
  }

  /** Waits until all is done, for at most `grace_ms`; nothing is begun after that. */
  async drain(grace_ms: number): Promise<void> {
    const late = new AbortController();
    await Promise.race([this.#run, sleep(grace_ms, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
    this.#isEnding = true;
    await this.#run;
  }

  async #turns(): Promise<void> {
    const { work, rest_ms, onFault } = this.#options;
    // what arrives with the first item makes company
    await sleep(Math.min(rest_ms, 10));
    while (this.#mayGoOn()) {
      const turn = this.#take();
      const begun = performance.now();
      const fault = await work(turn.map(({ item }) => item)).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      this.#underWay = [];
      if (fault) {
        this.#putBack(turn);
        onFault?.(fault.error);
      }
      const took = performance.now() - begun;
      if (this.#mayGoOn()) await sleep(fault ? RETRY_MS : Math.max(rest_ms, 3 * took));
    }
    this.#run = undefined;
  }

  #mayGoOn(): boolean {
    return !this.#isEnding && this.#waiting.size > 0;
  }

  #take(): { item: Item; since: number }[] {
    const turn: { item: Item; since: number }[] = [];
    for (const [key, entry] of this.#waiting) {
      if (turn.length === this.#options.chunk) break;
      turn.push(entry);
      this.#waiting.delete(key);
    }
    this.#underWay = turn;
    return turn;
  }

  /** In front of the others, for they are older. */
  #putBack(turn: readonly { item: Item; since: number }[]): void {
    const others = [...this.#waiting];
    this.#waiting.clear();
    for (const entry of turn) this.#waiting.set(this.#options.keyOf(entry.item), entry);
    for (const [key, entry] of others) if (!this.#waiting.has(key)) this.#waiting.set(key, entry);
  }
}
