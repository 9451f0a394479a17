import { setTimeout as sleep } from 'node:timers/promises';
import { createBackoff, type Backoff } from './backoff.ts';

/** How a process ended, and the last lines it wrote to standard error. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  lines: string[];
}

/** A process that was launched. */
export interface Running<Ready = unknown> {
  /** Settles when it is ready; may stay open when it ends before. */
  ready: Promise<Ready>;
  exited: Promise<Exit>;
  /** Asks it to end in order. */
  end: () => void;
  kill: () => void;
}

/** A process that is kept running. */
export interface Kept {
  name: string;
  /** Settles when it was ready for the first time; rejects when it never will be. */
  ready: Promise<void>;
  /** Ends it in order and waits; kills it when that takes longer than `timeout_ms`. */
  stop: (timeout_ms: number) => Promise<void>;
  kill: () => void;
}

/** What `keepRunning` needs. */
export interface KeepOptions {
  name: string;
  launch: () => Running;
  /** Tells a person what happened. */
  say: (text: string) => void;
  backoff?: Backoff;
  /** Launches in a row that were never ready, from the first on, after which it is given up. @default 4 */
  attempts?: number;
  /** Longest time from launch to ready, in milliseconds; it is killed then. Without it there is no limit. */
  start_timeout_ms?: number;
}

/** Starts a process and starts it again, with back-off, whenever it ends. Every end is told with its cause. */
export function keepRunning(options: KeepOptions): Kept {
  const { name, say, backoff = createBackoff(), attempts = 4, start_timeout_ms } = options;
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  const first = createGate();
  let running: Running | undefined;

  /** One life of the process; says for how long it was ready, undefined for never. */
  const live = async (isReturn: boolean): Promise<{ exit: Exit; healthy_ms: number | undefined }> => {
    const launched = options.launch();
    running = launched;
    const began = Date.now();
    const late = start_timeout_ms === undefined ? undefined : setTimeout(() => launched.kill(), start_timeout_ms);
    const isReady = await Promise.race([
      launched.ready.then(
        () => true,
        () => false,
      ),
      launched.exited.then(() => false),
    ]);
    clearTimeout(late);
    if (!isReady) return { exit: await launched.exited, healthy_ms: undefined };
    const since = Date.now();
    if (isReturn && !isStopping()) say(`back, ready in ${((since - began) / 1000).toFixed(1)} s`);
    first.open();
    return { exit: await launched.exited, healthy_ms: Date.now() - since };
  };

  const loop = async (): Promise<void> => {
    let wasReady = false;
    for (let lives = 1; !isStopping(); lives++) {
      const { exit, healthy_ms } = await live(lives > 1);
      if (isStopping()) return;
      wasReady ||= healthy_ms !== undefined;
      const what = `ended${healthy_ms === undefined ? ' before it was ready' : ''} (${describeExit(exit)})`;
      // while it lives its lines are passed on as they come, so an end that is got over does not repeat them
      if (!wasReady && lives >= attempts)
        return first.fail(new Error(explain(`${name} ${what}, ${lives} times in a row`, exit)));
      const wait = backoff.next(healthy_ms ?? 0);
      say(`${what}; starts again in ${wait / 1000} s`);
      await sleep(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const ended = loop();

  return {
    name,
    ready: first.passed,
    kill: () => {
      stopping.abort();
      running?.kill();
    },
    stop: async (timeout_ms) => {
      stopping.abort();
      running?.end();
      const late = setTimeout(() => {
        say(`did not end within ${timeout_ms / 1000} s and is killed`);
        running?.kill();
      }, timeout_ms);
      await ended;
      clearTimeout(late);
    },
  };
}

/** `code 1`, `signal SIGKILL`. */
export function describeExit({ code, signal }: Pick<Exit, 'code' | 'signal'>): string {
  return signal ? `signal ${signal}` : `code ${code ?? 'unknown'}`;
}

function explain(what: string, { lines }: Exit): string {
  return [what, ...lines.map((line) => `    ${line}`)].join('\n');
}

function createGate(): { passed: Promise<void>; open: () => void; fail: (error: Error) => void } {
  let open: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const passed = new Promise<void>((done, reject) => {
    open = done;
    fail = reject;
  });
  // whoever waits is told; a start that nobody waits for any more (Ctrl-C) is no unhandled fault
  passed.catch(() => undefined);
  return { passed, open, fail };
}
