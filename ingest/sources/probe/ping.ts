import { execFile } from 'node:child_process';
import type { Reached } from './reach.ts';

/** The program that may send echo requests where this process may not. */
const PROGRAM = 'ping';
/** Pause between the requests of a probe, in seconds: the shortest that anybody may ask for. */
const PAUSE_S = 0.2;

/** What a run of iputils or busybox `ping` says at its end; undefined when it says nothing of the kind: it may not send, or knows no such host. */
export function parsePing(text: string): Reached | undefined {
  const counts = /(\d+) packets transmitted, (\d+) (?:packets )?received/.exec(text);
  if (!counts) return undefined;
  const [sent, answered] = [Number(counts[1]), Number(counts[2])];
  if (sent === 0) return undefined;
  // min/avg/max
  const mean = /= [\d.]+\/([\d.]+)\/[\d.]+/.exec(text)?.[1];
  return { latency_ms: mean === undefined ? null : Number(mean), loss_ratio: 1 - Math.min(1, answered / sent) };
}

/** Sends echo requests; undefined when that cannot be done here. Ends early on `signal`. */
export async function ping(
  host: string,
  { count, timeout_ms, signal }: { count: number; timeout_ms: number; signal: AbortSignal },
): Promise<Reached | undefined> {
  const wait_s = String(Math.max(1, Math.ceil(timeout_ms / 1_000)));
  const args = ['-n', '-q', '-c', String(count), '-i', String(PAUSE_S), '-W', wait_s, '--', host];
  const timeout = timeout_ms + count * (PAUSE_S * 1_000) + 2_000;
  // it leaves with 1 when nothing was answered, which is an answer to us
  const text = await new Promise<string>((done) => {
    execFile(PROGRAM, args, { timeout, signal }, (_error, stdout) => done(stdout));
  });
  return parsePing(text);
}
