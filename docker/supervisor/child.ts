import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ROOT } from './config.ts';
import type { Exit, Running } from './keep-running.ts';

const MessageSchema = z.looseObject({
  type: z.string(),
  port: z.int().optional(),
  syslog_port: z.int().optional(),
  text: z.string().optional(),
});
/** What a child tells over IPC: `listening` (with its port), `told` (with a text for whoever started it), and what else it has to say. */
export type ChildMessage = z.output<typeof MessageSchema>;

/** What a child is launched with. */
export interface ChildOptions {
  /** Its entry, absolute. */
  main: string;
  env: NodeJS.ProcessEnv;
  /** The type of the message that says that it is ready. */
  ready_on: string;
  onMessage?: (message: ChildMessage) => void;
  /** Gets every line that it writes. */
  onLine: (line: string) => void;
}

/** Lines of standard error that are kept to explain an end. */
const KEPT_LINES = 12;

/**
 * Starts one of the product's processes. It has a process group of its own: a Ctrl-C in the terminal reaches the supervisor alone,
 * which then ends all in order. It learns of the supervisor's death by the end of the IPC channel.
 */
export function launchChild(options: ChildOptions): Running & { pid: number | undefined } {
  const child = spawn(process.execPath, ['--import', 'tsx', options.main], {
    cwd: ROOT,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const ready = new Promise<void>((done) =>
    child.on('message', (raw) => {
      const message = MessageSchema.safeParse(raw);
      if (!message.success) return;
      options.onMessage?.(message.data);
      if (message.data.type === options.ready_on) done();
    }),
  );
  return {
    pid: child.pid,
    ready,
    exited: watchExit(child, options.onLine),
    end: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
}

/** Passes on what a process writes, line by line, and settles when it has ended. */
export function watchExit(child: ChildProcess, onLine: (line: string) => void): Promise<Exit> {
  const lines: string[] = [];
  if (child.stdout) createInterface({ input: child.stdout }).on('line', onLine);
  if (child.stderr)
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      onLine(line);
    });
  return new Promise((done) => {
    child.once('error', (error) => done({ code: null, signal: null, lines: [...lines, error.message] }));
    child.once('close', (code, signal) => done({ code, signal, lines }));
  });
}
