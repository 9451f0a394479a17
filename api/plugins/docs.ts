import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** OpenAPI of all routes that have a schema: pages at /api/docs, JSON at /api/docs/json. */
export default fp(
  async (app: FastifyInstance) => {
    await app.register(swagger, {
      openapi: {
        info: {
          title: 'Toàn Cảnh',
          description:
            'One truth for wall, desk and centre. Instants are epoch milliseconds (UTC) in replies and ISO 8601 in requests. Changes travel over socket.io: api/contract.ts.',
          version: '0.1.0',
        },
        servers: [],
      },
      transform: jsonSchemaTransform,
    });
    await app.register(swaggerUi, {
      routePrefix: '/api/docs',
      // the pages of the documentation, and they alone, write styles of their own into the page
      transformStaticCSP: (policy) => policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
      uiConfig: { validatorUrl: null },
    });
  },
  { name: 'docs' },
);
