import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether Debian's rsyslog is here; a word on standard error when it is not. */
export function hasRsyslog(): boolean {
  if (spawnSync('rsyslogd', ['-v'], { stdio: 'ignore' }).status === 0) return true;
  process.stderr.write('skipped: rsyslogd is not installed\n');
  return false;
}

/** A rsyslog that takes a stream over TCP and writes it to a file. */
export interface Rsyslog {
  port: number;
  /** What it has written. */
  output: () => Promise<string>;
  /** Bytes of it. */
  written: () => Promise<number>;
  close: () => Promise<void>;
}

/** Starts rsyslog in a folder. `template` is the body of its template for a line. */
export async function startRsyslog(folder: string, template: string): Promise<Rsyslog> {
  const file = (name: string): string => join(folder, name);
  await writeFile(
    file('rsyslog.conf'),
    `global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imtcp")
template(name="fields" type="list") { ${template} }
ruleset(name="all") { action(type="omfile" file="${file('out.log')}" template="fields") }
input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="${file('port')}" ruleset="all")
`,
  );
  const child = spawn('rsyslogd', ['-n', '-i', file('pid'), '-f', file('rsyslog.conf')], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 200 && !existsSync(file('port')); attempt += 1) await sleep(50);
  let port = 0;
  while (!(port > 0)) {
    port = Number(await readFile(file('port'), 'utf8'));
    await sleep(10);
  }
  return {
    port,
    output: () => readFile(file('out.log'), 'utf8').catch(() => ''),
    written: async () => (await stat(file('out.log')).catch(() => ({ size: 0 }))).size,
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
