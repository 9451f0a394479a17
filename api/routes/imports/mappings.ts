import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readYaml } from '#dashboards/load/yaml-file.ts';
import { ImportMappingSchema } from '#ingest/schema/import-mapping.ts';
import { TextSchema } from '#ingest/schema/unit-tree.ts';
import type { ImportMappingInfo } from '../../contract-imports.ts';

/** A mapping as it is offered. */
export const MappingSchema = z.object({
  id: z.string(),
  name: TextSchema,
  columns: z.record(z.string(), z.array(z.string())),
}) satisfies z.ZodType<ImportMappingInfo>;

/** The mappings of `<folder>/imports` as they are now, by id. One with faults is left out: `npm run check` says what they are. */
export async function readMappings(folder: string): Promise<ImportMappingInfo[]> {
  const files = await readdir(join(folder, 'imports')).catch(() => []);
  const ids = files.flatMap((file) => /^([a-z0-9][a-z0-9-]*)\.yaml$/.exec(file)?.[1] ?? []).sort();
  const read = await Promise.all(
    ids.map(async (id) => {
      const text = await readFile(join(folder, 'imports', `${id}.yaml`), 'utf8');
      const { value } = readYaml(`imports/${id}.yaml`, text, ImportMappingSchema);
      return value && { id, name: value.name, columns: value.columns };
    }),
  );
  return read.filter((mapping) => mapping !== undefined);
}
