import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { LARGEST_IMAGE } from '#dashboards/load/read-folder.ts';
import { IMAGE_NAME } from '#dashboards/schema/board.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';

/** Where the pictures are: `<folder>/images/<name>`. */
export interface ImageRouteOptions {
  folder: string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
};

/** An SVG is a document: opened by itself it may neither run anything nor ask for anything. */
const AS_DOCUMENT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Pictures that boards show, as they stand in the folder. */
export default function imageRoutes(instance: FastifyInstance, { folder }: ImageRouteOptions): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/images/:file',
    {
      schema: {
        tags: ['boards'],
        summary: 'A picture of a board',
        params: z.object({ file: z.string().max(100).regex(IMAGE_NAME) }),
        response: {
          200: z.unknown().describe('the picture'),
          304: z.null().describe('not changed'),
          404: FailureSchema,
        },
      },
    },
    async ({ params, headers }, reply) => {
      const path = join(folder, 'images', params.file);
      const size = await stat(path).then(
        (found) => (found.isFile() ? found.size : Infinity),
        () => Infinity,
      );
      const bytes = size > LARGEST_IMAGE ? undefined : await readFile(path).catch(() => undefined);
      if (!bytes) throw new IocError('IOC_IMAGE_UNKNOWN');
      const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
      reply.header('etag', etag).header('cache-control', 'no-cache').header('content-security-policy', AS_DOCUMENT);
      if (headers['if-none-match']?.includes(etag)) return reply.code(304).send(null);
      return reply.type(TYPES[extname(params.file)] ?? 'application/octet-stream').send(bytes);
    },
  );
}
