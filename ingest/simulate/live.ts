import { setTimeout as sleep } from 'node:timers/promises';
import { ENTRIES, type Entry, type Message } from './message.ts';
import { createPool } from './pool.ts';
import { requestOf } from './request.ts';
import type { Schedule } from './schedule.ts';
import type { Sender } from './sender.ts';

/** What living needs. */
export interface LiveOptions {
  schedule: Schedule;
  /** The simulated present, epoch ms. */
  clock: () => number;
  sender: Sender;
  signal: AbortSignal;
  /** Told after each round up to when all is stored. */
  onSent: (to: number) => void;
  /** Time between two rounds, ms. @default 400 */
  tick_ms?: number;
}

/** Messages taken at once: what bounds memory when much has to be caught up. */
const MOST = 8000;
/** Records of a request. One-stop systems send steps by tens. */
const BATCH: Record<Entry, number> = { dossier_new: 500, dossier_changed: 500, step: 10, event: 4000, eve: 2000 };
const CONNECTIONS = 4;

/**
 * Sends everything when it happens, until the signal aborts. While ingest is away the province lives on and nothing is forgotten: what has not been
 * sent is worked out when it can be.
 */
export async function live(options: LiveOptions): Promise<void> {
  const { schedule, clock, signal, tick_ms = 400 } = options;
  while (!signal.aborted) {
    const to = clock();
    const messages = schedule.take(to, MOST);
    await sendAll(options.sender, messages);
    const isAll = messages.length < MOST;
    options.onSent(isAll ? to : (messages.at(-1)?.at ?? to));
    if (isAll) await sleep(tick_ms, undefined, { signal });
  }
}

async function sendAll(sender: Sender, messages: readonly Message[]): Promise<void> {
  const pool = createPool(CONNECTIONS);
  for (const entry of ENTRIES) {
    const texts = messages.flatMap((message) => (message.entry === entry ? [message.text] : []));
    for (let at = 0; at < texts.length; at += BATCH[entry]) {
      const request = requestOf(entry, texts.slice(at, at + BATCH[entry]));
      await pool.run(async () => {
        await sender.send(request);
      });
    }
  }
  await pool.done();
}
