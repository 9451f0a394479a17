import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const SceneSchema = z.strictObject({
  kind: z.enum(['ring', 'silence']),
  unit: z.string(),
  from: z.int(),
  to: z.int(),
});

/** How far a province has been told. Instants in epoch ms, days since 1970-01-01. */
export const CheckpointSchema = z.strictObject({
  /** What makes the province: another one starts anew. */
  seed: z.int(),
  province: z.string(),
  history: z.int(),
  /** The instant of the first start. */
  anchor: z.int(),
  /** The days that the history is spread over, and the first of them that is not sent yet. */
  plan: z.strictObject({ from: z.int(), to: z.int(), total: z.int(), next: z.int() }).optional(),
  /** Everything before this instant is acknowledged; absent while the first start is not done. */
  sent_to: z.int().optional(),
  /** The settled past that is filled in while the province already lives: dossiers that told something in `[from, to)` and nothing since `split`. */
  backfill: z.strictObject({ from: z.int(), split: z.int(), to: z.int() }).optional(),
  scenes: z.array(SceneSchema),
});
export type Checkpoint = z.infer<typeof CheckpointSchema>;

/** The checkpoint of an earlier run; undefined when there is none, or none that can be read: then all is sent again, which changes nothing. */
export async function readCheckpoint(file: string): Promise<Checkpoint | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return CheckpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes the checkpoint beside and moves it into place, so that a crash leaves the old one. */
export async function writeCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, `${JSON.stringify(checkpoint, null, 2)}\n`);
  await rename(beside, file);
}
