import type { ChildProcess } from 'node:child_process';
import type { Accesses } from '#ingest/clickhouse/access.ts';
import { startEngine } from '#ingest/clickhouse/engine/engine.ts';
import { watchExit } from './child.ts';
import type { Exit, Running } from './keep-running.ts';

/** What the embedded engine is launched with. */
export interface EngineLaunch {
  folder: string;
  http_port: number;
  tcp_port: number;
  onLine: (line: string) => void;
}

/** The embedded ClickHouse as a process that can be kept running; `ready` gives its users. */
export function launchEngine({ folder, http_port, tcp_port, onLine }: EngineLaunch): Running<Accesses> {
  let child: ChildProcess | undefined;
  let asked: 'end' | 'kill' | undefined;
  let ended: (exit: Exit) => void = () => undefined;
  const exited = new Promise<Exit>((done) => (ended = done));
  const ask = (how: 'end' | 'kill'): void => {
    asked = how;
    if (how === 'kill') child?.kill('SIGKILL');
    else child?.stdin?.end();
  };
  const onSpawn = (spawned: ChildProcess): void => {
    child = spawned;
    void watchExit(spawned, onLine).then(ended);
    if (asked) ask(asked);
  };
  const engine = startEngine({ folder, http_port, tcp_port, output: 'pipe', onSpawn });
  const ready = engine.then(({ accesses }) => accesses);
  ready.catch((error: unknown) => {
    if (!child) ended({ code: null, signal: null, lines: [String(error)] });
  });
  return { ready, exited, end: () => ask('end'), kill: () => ask('kill') };
}
