import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError } from './config.ts';

/**
 * Holds a data folder to the province that it was begun with: the events of two in one store would be one wall's alerts. Throws a StartError that names both.
 */
export async function keepProvince(folder: string, province: string): Promise<void> {
  const file = join(folder, 'province');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept === '') {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // a kill in the midst leaves no half of a name
    await writeFile(`${file}~`, province);
    await rename(`${file}~`, file);
  } else if (kept !== province)
    throw new StartError(
      `The data folder ${folder} holds the data of ${kept}, not of ${province}: set DATA_DIR to another folder for that province, or PROVINCE=${kept}.`,
    );
}
