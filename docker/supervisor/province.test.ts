import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StartError } from './config.ts';
import { keepProvince } from './province.ts';

test('a data folder is of one province, and says so to another', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'toan-canh-province-'));
  try {
    await keepProvince(join(folder, 'data'), 'quang-ninh-2019');
    await keepProvince(join(folder, 'data'), 'quang-ninh-2019');
    const other = keepProvince(join(folder, 'data'), 'thanh-hoa-2025');
    await expect(other).rejects.toThrow(StartError);
    await expect(other).rejects.toThrow(/quang-ninh-2019.*DATA_DIR/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
