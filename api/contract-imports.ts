import type { ImportField } from '#ingest/schema/import-mapping.ts';
import type { Text } from '#ingest/schema/unit-tree.ts';

/** A mapping by which files of dossiers are read: `GET /api/imports/mappings`. */
export interface ImportMappingInfo {
  id: string;
  name: Text;
  /** By field, the names of columns that mean it. */
  columns: Partial<Record<ImportField, string[]>>;
}
