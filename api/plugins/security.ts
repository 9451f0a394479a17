import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * What a page of this server may do: read from this server and nothing else. Measured with the built web app: Vue and Leaflet set
 * styles through the style object, which needs no permission; the tooltips of ECharts are written as HTML with style attributes,
 * hence `style-src-attr`; small fonts and pictures are built in as data.
 */
const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  styleSrcAttr: ["'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
};

/**
 * Security headers. The ones that only make sense over HTTPS are left to whoever ends TLS: on a plain address of the province's own
 * network they would turn every request into one that fails.
 */
export default fp(
  async (app: FastifyInstance) => {
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives },
      strictTransportSecurity: false,
      crossOriginOpenerPolicy: false,
      originAgentCluster: false,
    });
  },
  { name: 'security' },
);
