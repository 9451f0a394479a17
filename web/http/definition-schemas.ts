import * as z from 'zod/mini';
import type { BoardFile } from '#api/contract.ts';
import type { Definitions } from '#api/contract-definitions.ts';

const text = z.object({ vi: z.string(), en: z.string() });
const value = z.union([z.number(), z.string()]);

/** `GET /api/boards/:id/file`. */
export const BoardFileSchema = z.object({ file: z.string(), text: z.string() }) satisfies z.ZodMiniType<BoardFile>;

/** `GET /api/definitions`. */
export const DefinitionsSchema = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      columns: z.record(z.string(), z.array(z.string())),
      example: z.nullable(z.object({ board: z.string(), panel: z.string(), text: z.string() })),
    }),
  ),
  queries: z.array(
    z.object({
      id: z.string(),
      description: z.string(),
      params: z.array(
        z.object({ name: z.string(), type: z.string(), default: value, allowed: z.nullable(z.array(value)) }),
      ),
      rows: z.record(z.string(), z.string()),
    }),
  ),
  metrics: z.array(z.object({ id: z.string(), name: text, unit: text, definition: text })),
}) satisfies z.ZodMiniType<Definitions>;
