import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/**
 * What a page of this server may do: read from this server and nothing else. Vue, Leaflet and ECharts set styles through the style object, which needs
 * no permission; the tooltips of ECharts would not (they are HTML with style attributes): `renderMode: 'richText'` where one is wanted. Small
 * fonts and pictures are built in as data.
 */
const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'self'"],
};

/** A year: whoever came by TLS once is not led back to a plain address. */
const HSTS = { maxAge: 31_536_000, includeSubDomains: false };

/**
 * Security headers. Those that only make sense over HTTPS are left out where somebody else ends TLS, or nobody does: on a plain address of the
 * province's own network they would turn every request into one that fails.
 */
export default fp<{ tls: boolean }>(
  async (app: FastifyInstance, { tls }) => {
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives },
      strictTransportSecurity: tls ? HSTS : false,
      crossOriginOpenerPolicy: tls,
      originAgentCluster: false,
    });
  },
  { name: 'security' },
);
