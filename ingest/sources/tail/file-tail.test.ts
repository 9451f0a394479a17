import { appendFile, copyFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileTail } from './file-tail.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-tail-'));
  path = join(folder, 'eve.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A reader as the collector has one: what it took lies in `seen`, by file and place, so that what is taken twice is there once. */
function reader(seen: Map<string, string>, more: { line_bytes?: number; die?: () => boolean } = {}) {
  const tail = new FileTail({
    path,
    place_file: join(folder, 'places', 'eve'),
    line_bytes: more.line_bytes ?? 4096,
    take: ({ id, offset, bytes, from, to }) => {
      if (more.die?.()) return Promise.reject(new Error('killed'));
      if (to > from) seen.set(`${id} ${offset}`, bytes.toString('utf8', from, to));
      return Promise.resolve();
    },
    keep: () => Promise.resolve(),
  });
  return tail;
}
const pollTimes = async (tail: FileTail, times: number) => {
  for (let turn = 0; turn < times; turn += 1) await tail.poll();
};

describe('a log', () => {
  it('is read as it grows, a line when it is whole', async () => {
    const seen = new Map<string, string>();
    const tail = reader(seen);
    expect(await tail.poll()).toBe(false);
    await writeFile(path, 'một\nha');
    expect(await tail.poll()).toBe(true);
    expect([...seen.values()]).toEqual(['một']);
    await appendFile(path, 'i\n\nba\n');
    await tail.poll();
    expect([...seen.values()]).toEqual(['một', 'hai', 'ba']);
    await tail.close();
  });

  it('is gone on with after a restart, and equal lines are as many as there are', async () => {
    const seen = new Map<string, string>();
    await writeFile(path, 'x\nx\n');
    const first = reader(seen);
    await first.poll();
    await first.close();
    await appendFile(path, 'x\ny\n');
    const second = reader(seen);
    await second.poll();
    expect([...seen.values()]).toEqual(['x', 'x', 'x', 'y']);
    await second.close();
  });

  it('is read to its end when it was rotated, also several times while nobody read, and then the next', async () => {
    const seen = new Map<string, string>();
    await writeFile(path, '1\n');
    const first = reader(seen);
    await first.poll();
    await rename(path, `${path}.1`);
    await appendFile(`${path}.1`, '2\n');
    await writeFile(path, '3\n');
    await pollTimes(first, 4);
    expect([...seen.values()]).toEqual(['1', '2', '3']);
    await first.close();
    await rename(`${path}.1`, `${path}.2`);
    await appendFile(path, '4\nend without a newline');
    await rename(path, `${path}.1`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(path, '5\n');
    await rename(`${path}.1`, `${path}.3`);
    await rename(path, `${path}.1`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(path, '6\n');
    const second = reader(seen);
    await pollTimes(second, 8);
    expect([...seen.values()]).toEqual(['1', '2', '3', '4', 'end without a newline', '5', '6']);
    expect(second.lost_files).toBe(0);
    await second.close();
  });

  it('begins anew when it was emptied in place, also when it has grown beyond where it was', async () => {
    const seen = new Map<string, string>();
    await writeFile(path, 'old 1\nold 2\n');
    const tail = reader(seen);
    await tail.poll();
    await copyFile(path, `${path}.copy`);
    await truncate(path, 0);
    await appendFile(path, 'new 1\nnew 2\nnew 3, and longer than all that was there before\n');
    await pollTimes(tail, 2);
    expect([...seen.values()].slice(2)).toEqual(['new 1', 'new 2', 'new 3, and longer than all that was there before']);
    await truncate(path, 0);
    await tail.poll();
    await appendFile(path, 'a\n');
    await tail.poll();
    expect([...seen.values()].at(-1)).toBe('a');
    await tail.close();
  });

  it('that went away before it was read is counted, and the next is read from its beginning', async () => {
    const seen = new Map<string, string>();
    await writeFile(path, '1\n');
    const first = reader(seen);
    await first.poll();
    await first.close();
    // the number of a file that is gone is given to the next one: another file has to take it
    await rename(path, join(folder, 'elsewhere'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(path, '2\n');
    const second = reader(seen);
    await pollTimes(second, 2);
    expect([...seen.values()]).toEqual(['1', '2']);
    expect(second.lost_files).toBe(1);
    await second.close();
  });

  it('gives the beginning of a line that is too long, and goes on', async () => {
    const seen = new Map<string, string>();
    await writeFile(path, `${'x'.repeat(700_000)}\nshort\n`);
    const tail = reader(seen, { line_bytes: 1000 });
    await tail.poll();
    expect([...seen.values()][0]).toBe('x'.repeat(1000));
    expect([...seen.values()].at(-1)).toBe('short');
    await tail.close();
  });

  it('has every line once, whatever is written, rotated, cut short and killed', async () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ kind: fc.constant('write' as const), lines: fc.integer({ min: 1, max: 5 }) }),
      },
      fc.record({ kind: fc.constant('half' as const) }),
      fc.record({ kind: fc.constant('rotate' as const) }),
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
      fc.record({ kind: fc.constant('kill' as const), after: fc.integer({ min: 0, max: 6 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        await rm(folder, { recursive: true, force: true });
        folder = await mkdtemp(join(tmpdir(), 'toan-canh-tail-'));
        path = join(folder, 'eve.json');
        const seen = new Map<string, string>();
        const written: string[] = [];
        let left = Infinity;
        let files = 0;
        const start = () => reader(seen, { die: () => (left -= 1) < 0 });
        let tail = start();
        // a log that is new to it is read from the file that is written now: those rotated before are not its own
        await writeFile(path, '');
        await tail.poll();
        for (const one of steps) {
          if (one.kind === 'write')
            for (let n = 0; n < one.lines; n += 1) {
              written.push(`line ${written.length}`);
              await appendFile(path, `${written.at(-1)}\n`);
            }
          else if (one.kind === 'half') {
            written.push(`half ${written.length}`);
            await appendFile(path, `${written.at(-1)?.slice(0, 4)}`);
            await tail.poll().catch(() => undefined);
            await appendFile(path, `${written.at(-1)?.slice(4)}\n`);
          } else if (one.kind === 'rotate') {
            const isThere = await rename(path, `${path}.${(files += 1)}`).then(
              () => true,
              () => false,
            );
            if (isThere) await new Promise((resolve) => setTimeout(resolve, 4));
          } else if (one.kind === 'poll') await tail.poll().catch(() => undefined);
          else {
            left = one.after;
            await tail.poll().catch(() => undefined);
            await tail.close();
            left = Infinity;
            tail = start();
          }
        }
        await pollTimes(tail, 2 * files + 4);
        await tail.close();
        expect([...seen.values()].sort()).toEqual([...written].sort());
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
