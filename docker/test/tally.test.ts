import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runStage } from './run-stage.ts';
import { createStages } from './stages.ts';
import { addTally, formatTally, readTally } from './tally.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-tally-'));
});
afterEach(() => rm(folder, { recursive: true }));

const results = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, more: 'is ignored' };
const run = (code: string, file?: string) =>
  runStage(
    { name: 'stage', args: ['-e', code], results: file },
    { root: folder, env: {}, isLive: false, signal: new AbortController().signal },
  );

test('counts what vitest counted, and nothing where it wrote nothing', async () => {
  await writeFile(join(folder, 'r.json'), JSON.stringify(results));
  const tally = await readTally(join(folder, 'r.json'));
  expect(formatTally(addTally(tally, await readTally(join(folder, 'none.json'))))).toBe(
    '5 passed, 1 failed, 3 skipped',
  );
});

test('a stage that fails is never counted as zero failed', async () => {
  expect(await run('process.exit(1)')).toMatchObject({ isOk: false, tally: { passed: 0, failed: 1, skipped: 0 } });
  const file = join(folder, 'r.json');
  const write = `fs.writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(JSON.stringify(results))}); process.exit(1)`;
  expect((await run(write, file)).tally).toEqual({ passed: 5, failed: 1, skipped: 3 });
});

test('what a stage wrote is kept, and a stage that ends well counts nothing', async () => {
  expect(await run('console.log(1); console.error(2)')).toMatchObject({
    isOk: true,
    output: expect.stringMatching(/1\n2|2\n1/),
    tally: { failed: 0 },
  });
});

test('runs the cheap checks first and the browser last', () => {
  const names = createStages(folder).map((group) => group.map(({ name }) => name));
  expect(names).toEqual([['format', 'lint', 'types', 'boards'], ['unit'], ['db'], ['build'], ['e2e']]);
});
