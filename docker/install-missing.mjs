/**
 * Installs what package-lock.json names and node_modules lacks. It runs before anything is installed, so it needs Node alone.
 * `node docker/install-missing.mjs` does it by hand; `npm start` and `npm test` do it first.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(import.meta.url), '../..');
const OLDEST = [20, 19];
/** What npm says when it cannot reach the registry. */
const OFFLINE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED)\b/;

/** An expected failure: its message is for a person and says what to do. */
export class InstallError extends Error {}

/** Throws an InstallError when this Node is older than the product needs. `version` is as in `process.versions.node`. */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new InstallError(`Node ${OLDEST.join('.')} or newer is needed; this is Node ${version} (${process.execPath}).`);
}

/**
 * Why node_modules does not match package-lock.json; undefined when it does. npm keeps its own record of what it installed and
 * writes it last, so an installation that was cut short has none.
 */
export function missingPackage(root) {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return 'nothing is installed yet';
  const lock = join(root, 'package-lock.json');
  if (!existsSync(lock)) return undefined;
  const have = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  const want = JSON.parse(readFileSync(lock, 'utf8')).packages ?? {};
  for (const [path, { version, optional }] of Object.entries(want)) {
    if (path === '') continue;
    const name = path.replace(/^.*node_modules\//, '');
    // npm leaves out optional packages of other platforms; the one that matters here is checked by missingEngine
    if (!have[path] && optional) continue;
    if (!have[path] || !existsSync(join(root, path))) return `${name} is missing`;
    if (have[path].version !== version) return `${name} is ${have[path].version}, ${version} is wanted`;
  }
  return undefined;
}

/** The optional package that holds the embedded ClickHouse of this platform. */
export function enginePackage(platform = process.platform, arch = process.arch) {
  return `@chdb/lib-${platform}-${arch}${platform === 'linux' ? '-gnu' : ''}`;
}

/** Why the embedded ClickHouse cannot be loaded; undefined when it is complete. */
export function missingEngine(root, name = enginePackage()) {
  const library = join(root, 'node_modules', name, 'libchdb.so');
  if (!existsSync(library)) return `${name} is missing`;
  return isCut(library) ? `${name} is incomplete` : undefined;
}

/** Whether a 64-bit ELF file ends before its own section table, which is written last. Other formats are not judged. */
function isCut(file) {
  const head = Buffer.alloc(64);
  const handle = openSync(file, 'r');
  const read = readSync(handle, head, 0, 64, 0);
  closeSync(handle);
  if (read < 64) return true;
  if (head.readUInt32BE(0) !== 0x7f454c46) return false;
  return statSync(file).size < Number(head.readBigUInt64LE(40)) + head.readUInt16LE(58) * head.readUInt16LE(60);
}

/**
 * Makes node_modules complete, with one retry. Runs at the same time wait for each other. Throws an InstallError that says what to do.
 * With CLICKHOUSE_URL in `env` the embedded engine (540 MB) may be absent.
 */
export async function installMissing({ root = ROOT, env = process.env, say = console.error } = {}) {
  checkNode();
  const fault = () => missingPackage(root) ?? (env.CLICKHOUSE_URL ? undefined : missingEngine(root));
  if (fault() === undefined) return;
  const release = await takeLock(join(root, '.install-lock'), say);
  try {
    let last = '';
    for (let attempt = 1; attempt <= 2; attempt++) {
      const reason = fault();
      if (reason === undefined) return;
      say(`${attempt === 1 ? 'installing packages' : 'installing packages, second attempt'} (${reason}) …`);
      const began = Date.now();
      last = await runNpm(root, env, say);
      if (last === '') say(`packages installed in ${seconds(began)}`);
    }
    const reason = fault();
    if (reason !== undefined) throw new InstallError(advice(reason, last));
  } finally {
    release();
  }
}

function advice(reason, output) {
  const offline = OFFLINE.exec(output);
  if (offline)
    return `The packages cannot be installed: the registry cannot be reached (${offline[0]}).\nConnect this machine, or copy node_modules from one of the same platform, and start again.`;
  if (reason.startsWith('@chdb/'))
    return `The embedded ClickHouse cannot be installed: ${reason} (about 540 MB on disk; Linux with glibc and macOS).\nTry again, or set CLICKHOUSE_URL to a ClickHouse server.\n${output}`;
  return `The packages cannot be installed: ${reason}.\n${output}`;
}

/** Runs npm; gives '' when it went well and the end of its output when it did not. */
async function runNpm(root, env, say) {
  // `npm ci` refuses a lockfile that lacks the engine of another platform, where a registry did not have it when the lockfile was made;
  // this takes the versions of the lockfile and leaves it as it is. NODE_ENV=production would leave out what builds the web app.
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const viaNpm = env.npm_execpath?.endsWith('npm-cli.js');
  const child = viaNpm
    ? spawn(process.execPath, [env.npm_execpath, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    : spawn('npm', args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk) => (output = (output + chunk).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const began = Date.now();
  const beat = setInterval(() => say(`still installing, ${seconds(began)} …`), 20_000);
  const code = await new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', done);
  });
  clearInterval(beat);
  return code === 0 ? '' : `npm install ended with ${code}\n${output.trim()}`;
}

/** Takes a lock folder that names its holder; waits while that one lives and takes over from one that died. */
async function takeLock(folder, say) {
  const holder = join(folder, 'pid');
  for (let waited = 0; ; waited++) {
    try {
      mkdirSync(folder);
      writeFileSync(holder, String(process.pid));
      return () => rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const pid = existsSync(holder) ? Number(readFileSync(holder, 'utf8')) : 0;
    // without a number the holder is between making the folder and writing it, unless it stays so
    if (pid ? !isAlive(pid) : waited > 10) rmSync(folder, { recursive: true, force: true });
    else if (waited === 0) say(`another run (process ${pid}) is installing packages; waiting for it …`);
    await sleep(500);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

/** Runs the installation for a command: prints an expected failure and ends with code 1. */
export async function installOrExit() {
  try {
    await installMissing();
  } catch (error) {
    console.error(error instanceof InstallError ? error.message : error);
    process.exit(1);
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await installOrExit();
