import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { watchExit } from './child.ts';
import { ROOT, StartError } from './config.ts';
import { describeExit } from './keep-running.ts';
import { since, type Say } from './say.ts';
import { DIST, readStamp, stampSources } from './web-stamp.ts';

/** What the build of the web app needs. */
export interface WebBuild {
  say: Say;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}

/**
 * Makes sure that the web app is built from the sources as they are. A build that fails leaves the last good one serving; a
 * StartError when there is none.
 */
export async function buildWeb({ say, env, signal }: WebBuild): Promise<void> {
  const built = await readStamp(join(ROOT, DIST));
  if (built === (await stampSources(ROOT))) return say('web', 'built before, nothing has changed since');
  const began = Date.now();
  say('web', 'building');
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'web-build.ts')], {
    cwd: ROOT,
    env: { ...env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  const end = (): void => void child.kill();
  signal.addEventListener('abort', end, { once: true });
  const output: string[] = [];
  const exit = await watchExit(child, (line) => output.push(line));
  signal.removeEventListener('abort', end);
  if (signal.aborted) return;
  if (exit.code === 0) return say('web', `built in ${since(began)}`);
  const said = output.slice(-40).map((line) => `\n    ${line}`);
  const failure = `the web app cannot be built (${describeExit(exit)})${said.join('')}`;
  if (built === undefined) throw new StartError(`web: ${failure}`);
  say('web', `${failure}\n    The last good build is served.`);
}
