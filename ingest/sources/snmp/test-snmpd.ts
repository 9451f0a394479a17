import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether Debian's agent and its tools are installed; a word on standard error when not. */
export function hasSnmpd(): boolean {
  const isThere = ['snmpd', 'snmptrap'].every((name) => spawnSync(name, ['-v']).error === undefined);
  if (!isThere) process.stderr.write('skipped: install the packages snmpd and snmp for it\n');
  return isThere;
}

/** A real agent, with a community `ioc` and a user `ioc` (SHA-256, AES). */
export interface Snmpd {
  port: number;
  close: () => Promise<void>;
}

/** Passwords of its user. */
export const SNMPD_PASSWORDS = { auth: 'correct-horse', privacy: 'battery-staple' } as const;

/** Starts the agent on a port, with a folder of its own for what it keeps. */
export async function startSnmpd(port: number): Promise<Snmpd> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-snmpd-'));
  const conf = join(folder, 'snmpd.conf');
  await writeFile(
    conf,
    [
      'rocommunity ioc 127.0.0.1',
      `createUser ioc SHA-256 ${SNMPD_PASSWORDS.auth} AES ${SNMPD_PASSWORDS.privacy}`,
      'rouser ioc authPriv',
      'sysName real-snmpd',
      `[snmp] persistentDir ${folder}`,
      '',
    ].join('\n'),
  );
  const args = ['-f', '-Le', '-C', '-c', conf, '-p', join(folder, 'pid'), `udp:127.0.0.1:${port}`];
  const child = spawn('snmpd', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('NET-SNMP version')) resolve();
    });
    child.once('exit', () => reject(new Error(`snmpd ended: ${said}`)));
  });
  return {
    port,
    close: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
