import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';

/** Whether Debian's mosquitto is here; a word on standard error when it is not. */
export function hasMosquitto(): boolean {
  if (!spawnSync('mosquitto', ['-h'], { stdio: 'ignore' }).error) return true;
  process.stderr.write('skipped: mosquitto is not installed\n');
  return false;
}

/** A mosquitto on the loopback, and a device that publishes to it. */
export interface Mosquitto {
  url: string;
  /** Publishes with quality 1; resolves when the broker has it. */
  publish: (topic: string, payload: string, retain?: boolean) => Promise<void>;
  close: () => Promise<void>;
}

/** Starts mosquitto with a session that outlives its clients, and without a bound on what waits for them. */
export async function startMosquitto(): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-mosquitto-'));
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  const user = process.getuid?.() === 0 ? 'user root\n' : '';
  await writeFile(file, `${user}listener ${port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n`);
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
  const url = `mqtt://127.0.0.1:${port}`;
  const device: MqttClient = await connectAsync(url, { reconnectPeriod: 100 }, true);
  return {
    url,
    publish: async (topic, payload, retain = false) => {
      await device.publishAsync(topic, payload, { qos: 1, retain });
    },
    close: async () => {
      await device.endAsync(true);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
