import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordsOf } from './block.ts';
import type { SpoolLimits } from './limits.ts';
import { Spool, type SpooledBlock } from './spool.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-spool-'));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (limits: Partial<SpoolLimits> = {}) =>
  Spool.open({ folder, clock: () => 1_700_000_000_000, log: pino({ level: 'silent' }), limits });
const never = new AbortController().signal;
const write = (spool: Spool, text: string, sender = 'udp 10.0.0.1') => spool.append(sender, Buffer.from(text));
const textsOf = (block: SpooledBlock) =>
  [...recordsOf(block.bytes)].map(({ sender, from, to }) => `${sender}|${block.bytes.toString('utf8', from, to)}`);

/** All that a closed spool gives out; each block is noted as stored. */
async function drained(spool: Spool): Promise<string[]> {
  await spool.flush();
  const texts: string[] = [];
  for (let block = await spool.next(never); block; block = await spool.next(never)) {
    texts.push(...textsOf(block));
    spool.stored(block);
  }
  return texts;
}

describe('a spool', () => {
  it('says when what it took stands on the disk', async () => {
    const spool = await open({ linger_ms: 20 });
    expect(await spool.keep()).toBe(true);
    write(spool, 'one');
    const kept = spool.keep();
    expect(await kept).toBe(true);
    const [segment] = await readdir(folder);
    expect((await readFile(join(folder, segment ?? ''))).toString()).toContain('one');
    await spool.close();
  });

  it('gives out every record with its sender, in order, whatever the sizes of blocks and segments', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom('a', 'tcp ::1', 'đ'), fc.string({ maxLength: 60 })), { maxLength: 80 }),
        fc.integer({ min: 1_400, max: 1_800 }),
        async (records, block_bytes) => {
          const spool = await open({ block_bytes, segment_bytes: 3_000, memory_blocks: 2 });
          const sent: string[] = [];
          for (const [sender, text] of records) {
            await spool.room();
            if (write(spool, text, sender)) sent.push(`${sender}|${Buffer.from(text).toString()}`);
          }
          expect(sent).toHaveLength(records.length);
          expect(await drained(spool)).toEqual(sent);
          await spool.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('has after a kill what was written and not stored, under the same segment and place', async () => {
    const first = await open({ linger_ms: 1 });
    write(first, 'one');
    const stored = await first.next(never);
    if (stored) first.stored(stored);
    write(first, 'two');
    const left = await first.next(never);
    // no close: as if it were killed; the note of what is stored may be missing then, too
    const second = await open();
    const blocks = [await second.next(never), await second.next(never)];
    expect(blocks.map((block) => block && textsOf(block)[0])).toEqual(['udp 10.0.0.1|one', 'udp 10.0.0.1|two']);
    expect(blocks[1]).toMatchObject({ from: left?.from, header: { first: 1 } });
    expect(blocks[1]?.segment.id).toBe(left?.segment.id);
    await second.close();
    await first.close();
  });

  it('forgets what was stored: its files go, and nothing of it is given out again', async () => {
    const first = await open({ segment_bytes: 1, linger_ms: 1 });
    for (const text of ['one', 'two', 'three']) {
      write(first, text);
      const block = await first.next(never);
      if (block && text !== 'three') first.stored(block);
    }
    await first.close();
    const second = await open();
    expect((await readdir(folder)).filter((name) => name.endsWith('.spool')).length).toBeLessThanOrEqual(2);
    expect(await drained(second)).toEqual(['udp 10.0.0.1|three']);
    await second.close();
  });

  it('leaves out what was half written when the power went, and a block that the disk changed', async () => {
    const first = await open({ segment_bytes: 1, linger_ms: 1 });
    for (const text of ['one', 'two']) {
      write(first, text);
      await first.next(never);
    }
    await first.close();
    const [one = '', two = ''] = (await readdir(folder)).filter((name) => name.endsWith('.spool')).sort();
    const bytes = await readFile(join(folder, one));
    await appendFile(join(folder, one), bytes.subarray(0, bytes.length - 1));
    const changed = await readFile(join(folder, two));
    changed[changed.length - 1] = 0;
    await writeFile(join(folder, two), changed);
    const second = await open();
    expect(await drained(second)).toEqual(['udp 10.0.0.1|one']);
    expect(second.damaged).toBe(1);
    await second.close();
  });

  it('takes nothing at its bound, and tells when there is room again', async () => {
    const spool = await open({ spool_bytes: 4_000, block_bytes: 1_500, linger_ms: 1 });
    let taken = 0;
    while (write(spool, 'x'.repeat(400))) taken += 1;
    expect(taken).toBeGreaterThan(5);
    expect(spool.isFull).toBe(true);
    const room = spool.room();
    let given = 0;
    while (spool.isFull) {
      const block = await spool.next(never);
      if (block) spool.stored(block);
      given += block ? textsOf(block).length : 0;
    }
    await room;
    expect(write(spool, 'again')).toBe(true);
    expect(await drained(spool)).toHaveLength(taken + 1 - given);
    expect(spool.bytes).toBe(0);
    await spool.close();
  });
});
