import { expect, test } from 'vitest';
import { createCleanup } from './cleanup.ts';

test('undoes all, the last first, once, whatever fails', async () => {
  const undone: string[] = [];
  const cleanup = createCleanup();
  cleanup.add(() => undone.push('folder'));
  cleanup.add(() => Promise.reject(new Error('the engine hangs')));
  cleanup.add(async () => {
    await Promise.resolve();
    undone.push('ingest');
  });
  await cleanup.run();
  await cleanup.run();
  expect(undone).toEqual(['ingest', 'folder']);
});
