import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dashboards } from '#dashboards/dashboards.ts';
import { loadFiles } from '#dashboards/load/load-files.ts';
import { readFolder } from '#dashboards/load/read-folder.ts';
import { createReaders } from '#dashboards/load/readers.ts';
import { SAMPLE_BOARD, SAMPLE_SYSTEM } from '#dashboards/load/test-system.ts';
import { SystemSchema, type System } from '#dashboards/schema/system.ts';
import { startExampleBench, type ExampleBench } from './system-example.ts';

const FOLDER = join(import.meta.dirname, '..', 'dashboards');
const { files } = await readFolder(FOLDER);
const readers = createReaders();
const systems = [...files].flatMap(([file, text]) =>
  file.startsWith('systems/') ? [{ file, system: readers.system(file, text).value }] : [],
);
const sample = readers.system('systems/21-mau.yaml', SAMPLE_SYSTEM).value;

let dashboards: Dashboards;
let bench: ExampleBench;
beforeAll(async () => {
  const all = new Map(files).set('boards/mau.yaml', SAMPLE_BOARD);
  const loaded = await loadFiles(all, { province: 'quang-ninh-2019' });
  if (!loaded.dashboards) throw new Error('the shipped province is served');
  dashboards = loaded.dashboards;
  bench = await startExampleBench(dashboards);
});
afterAll(() => bench.close());

/** Runs the example of a system: the same in live and in history, and as it is written. */
async function expectShown(system: System | undefined): Promise<void> {
  const cells = await bench.run(SystemSchema.parse(system));
  for (const { cell, is, live, history } of cells) {
    const near: unknown = typeof is === 'number' ? expect.closeTo(is, 6) : is;
    expect({ cell, live, history }).toEqual({ cell, live: near, history: near });
  }
}

describe('what a system sends is what its panel shows', () => {
  it('of a sample: 137,171 of 144,922 documents are 94.65 %', () => expectShown(sample));

  for (const { file, system } of systems) it(file, () => expectShown(system));
});

it('an example that shows otherwise is told', async () => {
  const [cell] = await bench.run(
    SystemSchema.parse({ ...sample, example: { ...sample?.example, shows: [{ panel: 'mau/share', is: 95 }] } }),
  );
  expect(cell).toEqual({ cell: 'mau/share main value', is: 95, live: 94.65, history: 94.65 });
});
