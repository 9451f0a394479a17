import { setTimeout as sleep } from 'node:timers/promises';
import type { Lens } from '../../lens.ts';
import type { Store, Watermarks } from '../../store.ts';
import { createNotifier, type Notifier, type NotifierOptions } from './notifier.ts';
import { readEvaluated, readMarks, readSilences, readStanding, type Served } from './read.ts';

/** What the notifier is kept current with. */
export interface WatchOptions extends NotifierOptions {
  store: Pick<Store, 'run' | 'stream' | 'watermarks'>;
  served: () => Served;
  /** Time from one turn to the next. @default 1_000 */
  every_ms?: number;
  /**
   * Nothing is decided before all rules have been evaluated after the start, so that an inhibition holds from the first second; but no longer than this:
   * what was pushed has to be told, too, where nothing evaluates. @default 60_000
   */
  patience_ms?: number;
}

/** A notifier that runs. */
export interface Watch {
  /** What it knows; undefined until it has read the log. */
  notifier: () => Notifier | undefined;
  stop: () => Promise<void>;
}

/** For how long what is over is remembered, as Alertmanager remembers five days: who repeats more rarely is not told twice of it. */
const LATELY_S = 7 * 86_400;
/** Silences, alerts and rosters change with time alone: all is read again after so long. */
const REFRESH_MS = 10_000;

/** Starts the notifier: reads what was noted, waits for the first evaluation, then follows the logs of alerts and of duty until it is stopped. */
export function startWatch(options: WatchOptions): Watch {
  const { store, served, now, failed, every_ms = 1_000, patience_ms = 60_000 } = options;
  const stopping = new AbortController();
  let notifier: Notifier | undefined;
  let marks: Watermarks = {};
  let read_at = -Infinity;
  const lens = (): Lens => ({ scope: served().units.root.path, at: null, known_at: null });

  const begin = async (): Promise<Notifier> => {
    const [noted, alerts] = [
      await readMarks(store, lens(), LATELY_S),
      await readStanding(store, served(), lens(), { lately_s: LATELY_S }),
    ];
    const made = createNotifier(noted, options);
    made.see(alerts);
    return made;
  };
  const follow = async (made: Notifier): Promise<void> => {
    const grown = await store.watermarks();
    // the state is written last, after its log
    const isStill = ['alert_state', 'duty_event'].every((log) => grown[log] === marks[log]);
    if (isStill && performance.now() - read_at < REFRESH_MS) return;
    const open = await readStanding(store, served(), lens(), { lately_s: 0 });
    const seen = new Set(open.map(({ alert_id }) => alert_id));
    const gone = [...made.known.alerts.values()].flatMap(({ alert_id, isResolved }) =>
      isResolved || seen.has(alert_id) ? [] : [alert_id],
    );
    const over = gone.length > 0 ? await readStanding(store, served(), lens(), { ids: JSON.stringify(gone) }) : [];
    made.silence(await readSilences(store, lens(), { lately_s: 0 }));
    made.see([...open, ...over]);
    marks = grown;
    read_at = performance.now();
  };
  const isReady = async (since: number): Promise<boolean> =>
    now() - since >= patience_ms || (await readEvaluated(store, lens())) >= since;

  const run = async (): Promise<void> => {
    const started_at = now();
    let ready = false;
    while (!stopping.signal.aborted) {
      try {
        notifier ??= await begin();
        await follow(notifier);
        ready ||= await isReady(started_at);
        if (ready) notifier.turn();
      } catch (error) {
        failed(error, 'alerts could not be followed, it is tried again');
      }
      await sleep(every_ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    notifier: () => notifier,
    stop: async () => {
      stopping.abort();
      await running;
      // what hangs is not waited for: what was not noted as told is told again
      await Promise.race([notifier?.idle(), sleep(3_000)]);
    },
  };
}
