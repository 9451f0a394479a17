import { randomBytes } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { availableParallelism, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Access, Accesses } from '../access.ts';
import { serverConfig, usersConfig, type EngineLimits, type Passwords } from './settings.ts';

/** A running embedded server. */
export interface Engine {
  accesses: Accesses;
  process: ChildProcess;
  http_port: number;
  tcp_port: number;
  /** Ends the server in order and waits for it. */
  stop: () => Promise<void>;
}

/** What an embedded server is started with. */
export interface EngineOptions {
  /** Folder that holds the store, its settings and its passwords; made when absent. */
  folder: string;
  /** HTTP port; 0 is any free one. @default 0 */
  http_port?: number;
  /** Native port; 0 is any free one. @default 0 */
  tcp_port?: number;
  limits?: EngineLimits;
  /** Longest wait for the first answer, in milliseconds. @default 120_000 */
  start_timeout_ms?: number;
  /** Where the server's own output goes; `pipe` is read by whoever watches the process. @default 'inherit' */
  output?: 'inherit' | 'ignore' | 'pipe';
  /** Gets the process at once, before the server answers. */
  onSpawn?: (child: ChildProcess) => void;
}

/** A quarter of the machine's memory for the server, at least 1 GiB; half of that, and half of the cores, for one question. */
export function defaultLimits(): EngineLimits {
  const server = Math.max(2 ** 30, Math.floor(totalmem() / 4));
  return {
    server_memory: server,
    query_memory: Math.floor(server / 2),
    query_threads: Math.max(1, Math.floor(availableParallelism() / 2)),
  };
}

/**
 * Starts the embedded ClickHouse server on loopback and returns when it answers.
 * Users, limits and passwords are generated into `folder`; the passwords are kept from one start to the next.
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const folder = resolve(options.folder);
  const limits = options.limits ?? defaultLimits();
  await mkdir(join(folder, 'store'), { recursive: true, mode: 0o700 });
  const passwords = await keepPasswords(join(folder, 'passwords.json'));
  const usersFile = join(folder, 'users.xml');
  const configFile = join(folder, 'config.xml');
  await writeSecret(usersFile, usersConfig(passwords, limits));
  await writeSecret(configFile, serverConfig(usersFile, limits));
  const http_port = options.http_port || (await freePort(await keptPort(folder)));
  const tcp_port = options.tcp_port || (await freePort());
  const output = options.output ?? 'inherit';
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(import.meta.dirname, 'serve.ts'),
      join(folder, 'store'),
      configFile,
      String(http_port),
      String(tcp_port),
    ],
    // a process group of its own: a Ctrl-C in the terminal must not end it before those who write to it
    { stdio: ['pipe', output, output], cwd: process.cwd(), detached: true },
  );
  options.onSpawn?.(child);
  const url = `http://127.0.0.1:${http_port}`;
  await answering(url, child, options.start_timeout_ms ?? 120_000);
  await writeSecret(join(folder, 'address.json'), JSON.stringify({ url }));
  return {
    accesses: accessesOf(url, passwords),
    process: child,
    http_port,
    tcp_port,
    stop: () => stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.stdin?.end();
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  await ended;
  clearTimeout(killer);
}

async function answering(url: string, child: ChildProcess, timeout_ms: number): Promise<void> {
  const deadline = Date.now() + timeout_ms;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the embedded ClickHouse ended at start (code ${child.exitCode ?? child.signalCode})`);
    if (await isAnswering(`${url}/ping`)) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`the embedded ClickHouse did not answer within ${timeout_ms} ms`);
}

/** The users of an embedded server that another process has started on this folder; undefined when none answers. */
export async function findEngine(folder: string): Promise<Accesses | undefined> {
  const url = await keptUrl(folder);
  if (url === undefined || !(await isAnswering(`${url}/ping`))) return undefined;
  const passwords = await keepPasswords(join(folder, 'passwords.json'));
  return accessesOf(url, passwords);
}

function accessesOf(url: string, passwords: Passwords): Accesses {
  const access = (name: keyof Passwords): Access => ({ url, username: name, password: passwords[name] });
  return { owner: access('owner'), writer: access('writer'), reader: access('reader'), keeper: access('keeper') };
}

/** One question on a connection of its own: a connection left open would make the end of the server wait for five seconds. */
async function isAnswering(url: string): Promise<boolean> {
  return new Promise((done) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (reply) => {
      reply.resume().once('end', () => done(reply.statusCode === 200));
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => done(false));
  });
}

const AddressSchema = z.object({ url: z.url() });
const secret = z.string().optional();
const PasswordsSchema = z.object({ owner: secret, writer: secret, reader: secret, keeper: secret, analyst: secret });

async function keepPasswords(file: string): Promise<Passwords> {
  const text = await readFile(file, 'utf8').catch(() => '{}');
  const kept = PasswordsSchema.parse(JSON.parse(text));
  const make = () => randomBytes(24).toString('base64url');
  // a folder of an older version knows fewer users
  const passwords = { owner: make(), writer: make(), reader: make(), keeper: make(), analyst: make(), ...kept };
  if (text !== JSON.stringify(passwords)) await writeSecret(file, JSON.stringify(passwords));
  return passwords;
}

async function writeSecret(file: string, text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await chmod(file, 0o600);
}

/** The port that the server of a folder was last reached by; 0 when it never was. Tools that read our views are told it, so it stays while nobody else has taken it. */
export async function keptPort(folder: string): Promise<number> {
  const url = await keptUrl(folder);
  return url === undefined ? 0 : Number(new URL(url).port);
}

/** Undefined too where a kill cut the file short. */
async function keptUrl(folder: string): Promise<string | undefined> {
  try {
    return AddressSchema.parse(JSON.parse(await readFile(join(folder, 'address.json'), 'utf8'))).url;
  } catch {
    return undefined;
  }
}

/** A port that is free now on loopback: the preferred one, or any. */
export async function freePort(preferred = 0): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error) => {
      if (preferred === 0) fail(error);
      else freePort().then(done, fail);
    });
    server.listen(preferred, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => done(port));
    });
  });
}
