import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { IocError } from '../errors.ts';
import { send } from './errors.ts';

/** Where the built web app is. */
export interface WebPluginOptions {
  dist: string;
}

const ABSENT = `<!doctype html>
<html lang="vi">
<title>Toàn Cảnh</title>
<h1>Giao diện chưa được dựng</h1>
<p>Chạy <code>npm start</code> để dựng và mở lại trang này.</p>
<p lang="en">The web app has not been built yet. Run <code>npm start</code>, then open this page again.</p>
</html>
`;

/**
 * Serves the built web app. A path that a page asks for and that is no file is one of the app's own routes. Files with a hash in
 * their name never change; the page that names them is always asked for again.
 */
export default fp<WebPluginOptions>(
  async (app: FastifyInstance, { dist }) => {
    const hashed = join(dist, 'assets') + sep;
    await app.register(compress, {
      threshold: 1024,
      encodings: ['br', 'gzip'],
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    });
    await app.register(fastifyStatic, {
      root: dist,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isForever = path.startsWith(hashed);
        void reply.setHeader('cache-control', isForever ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    app.setNotFoundHandler((request, reply) => {
      const isPage =
        request.method === 'GET' &&
        !/^\/(api|socket\.io|metrics|assets)(\/|$)/.test(request.url) &&
        (request.headers.accept ?? '').includes('text/html');
      if (!isPage) return send(new IocError('IOC_NOT_FOUND'), request, reply);
      if (existsSync(join(dist, 'index.html'))) return reply.sendFile('index.html');
      return reply.code(503).header('retry-after', '5').type('text/html; charset=utf-8').send(ABSENT);
    });
  },
  { name: 'web' },
);
