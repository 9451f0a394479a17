import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const CheckpointSchema = z.strictObject({ told_at: z.int() });

/** Up to when a parent has been told, over restarts; epoch ms. */
export interface Checkpoint {
  read: () => Promise<number | null>;
  write: (told_at: number) => Promise<void>;
}

/** The checkpoint of a parent as a file in a folder. What cannot be read is none: the parent is told from now on. */
export function fileCheckpoint(folder: string, id: string): Checkpoint {
  const file = join(folder, `${id}.json`);
  return {
    read: async () => {
      try {
        return CheckpointSchema.parse(JSON.parse(await readFile(file, 'utf8'))).told_at;
      } catch {
        return null;
      }
    },
    write: async (told_at) => {
      await mkdir(folder, { recursive: true });
      await writeFile(`${file}~`, JSON.stringify({ told_at }));
      await rename(`${file}~`, file);
    },
  };
}
