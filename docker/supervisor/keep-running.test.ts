import { expect, test } from 'vitest';
import { keepRunning, type Exit, type Running } from './keep-running.ts';

/** A process that does what the test says. */
function createFake() {
  const lives: { ready: () => void; exit: (exit: Partial<Exit>) => void; ended: string[] }[] = [];
  const launch = (): Running => {
    let ready: () => void = () => undefined;
    let exit: (exit: Exit) => void = () => undefined;
    const ended: string[] = [];
    const running = {
      ready: new Promise<void>((done) => (ready = done)),
      exited: new Promise<Exit>((done) => (exit = done)),
      end: () => void ended.push('end'),
      kill: () => void ended.push('kill'),
    };
    lives.push({ ready, ended, exit: (how) => exit({ code: null, signal: null, lines: [], ...how }) });
    return running;
  };
  return { lives, launch };
}

const backoff = { next: () => 1 };
const settled = () => new Promise((done) => setTimeout(done, 20));

test('starts a process again whenever it ends, and says how it ended', async () => {
  const { lives, launch } = createFake();
  const said: string[] = [];
  const kept = keepRunning({ name: 'api', launch, say: (text) => said.push(text), backoff });
  lives[0]?.ready();
  await kept.ready;
  lives[0]?.exit({ signal: 'SIGKILL' });
  await settled();
  expect(lives).toHaveLength(2);
  lives[1]?.ready();
  lives[1]?.exit({ code: 1 });
  await settled();
  expect(said[0]).toBe('ended (signal SIGKILL); starts again in 0.001 s');
  expect(said.at(-1)).toBe('ended (code 1); starts again in 0.001 s');
  expect(lives).toHaveLength(3);
});

test('gives up on a process that was never ready, with its last words', async () => {
  const { lives, launch } = createFake();
  const kept = keepRunning({ name: 'api', launch, say: () => undefined, backoff, attempts: 3 });
  for (let life = 0; life < 3; life++) {
    lives[life]?.exit({ code: 1, lines: ['the port is taken'] });
    await settled();
  }
  await expect(kept.ready).rejects.toThrow(
    /^api ended before it was ready \(code 1\), 3 times in a row\n\s+the port is taken$/,
  );
  expect(lives).toHaveLength(3);
});

test('never gives up on a process that was ready once', async () => {
  const { lives, launch } = createFake();
  keepRunning({ name: 'api', launch, say: () => undefined, backoff, attempts: 2 });
  lives[0]?.ready();
  await settled();
  for (let life = 0; life < 5; life++) {
    lives[life]?.exit({ code: 1 });
    await settled();
  }
  expect(lives).toHaveLength(6);
});

test('asks a process to end, waits for it and does not start it again', async () => {
  const { lives, launch } = createFake();
  const kept = keepRunning({ name: 'api', launch, say: () => undefined, backoff });
  lives[0]?.ready();
  await kept.ready;
  const stopped = kept.stop(1_000);
  expect(lives[0]?.ended).toEqual(['end']);
  lives[0]?.exit({ code: 0 });
  await stopped;
  await settled();
  expect(lives).toHaveLength(1);
});

test('kills a process that does not end, or is not ready, in its time', async () => {
  const slow = createFake();
  const said: string[] = [];
  const kept = keepRunning({ name: 'api', launch: slow.launch, say: (text) => said.push(text), backoff });
  const stopped = kept.stop(10);
  await settled();
  expect(slow.lives[0]?.ended).toEqual(['end', 'kill']);
  expect(said).toEqual(['did not end within 0.01 s and is killed']);
  slow.lives[0]?.exit({ signal: 'SIGKILL' });
  await stopped;

  const late = createFake();
  const other = keepRunning({ name: 'api', launch: late.launch, say: () => undefined, backoff, start_timeout_ms: 5 });
  await settled();
  expect(late.lives[0]?.ended).toEqual(['kill']);
  other.kill();
});
