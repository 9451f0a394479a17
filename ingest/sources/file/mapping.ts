import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { RequestFault } from '../../errors.ts';
import { reasonOf } from '../../pipeline/reason.ts';
import { ImportMappingSchema, type ImportMapping } from '../../schema/import-mapping.ts';

/** Reads a mapping of the folder, as it is now. Throws `IOC_MAPPING_UNKNOWN`, or `IOC_MAPPING_INVALID` with what is wrong with it. */
export async function readMapping(folder: string, id: string): Promise<ImportMapping> {
  const text = await readFile(join(folder, `${id}.yaml`), 'utf8').catch(() => {
    throw new RequestFault('IOC_MAPPING_UNKNOWN', id);
  });
  let written: unknown;
  try {
    written = parse(text);
  } catch {
    throw new RequestFault('IOC_MAPPING_INVALID', `${id}.yaml is no YAML; npm run check says where`);
  }
  const mapping = ImportMappingSchema.safeParse(written);
  if (!mapping.success) throw new RequestFault('IOC_MAPPING_INVALID', `${id}.yaml: ${reasonOf(mapping.error)}`);
  return mapping.data;
}
