import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get as getPlain } from 'node:http';
import { get, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { connect } from '#ingest/clickhouse/client.ts';
import { buildApp } from './app.ts';
import { hashPassword } from './auth/password.ts';
import { createTestKeeper } from './auth/test-keeper.ts';
import { testDashboards } from './test-boards.ts';

const PASSWORD = 'mat-khau-qua-tls';

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasOpenssl())('an app with a certificate (made by openssl, which is not everywhere)', () => {
  let folder: string;
  let app: FastifyInstance;
  let port: number;
  let cert: string;

  beforeAll(async () => {
    const keeper = createTestKeeper();
    const lan = { name: 'lan', shown: 'Lan', role: 'leader', unit: null, demo: false, external: false } as const;
    const data = { ...lan, hash: await hashPassword(PASSWORD) };
    await keeper.keep([{ type: 'account.made', subject: 'lan', actor: 'test', data }]);
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-tls-'));
    const [key, crt] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
        .concat(['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'])
        .concat(['-keyout', key, '-out', crt]),
      { stdio: 'ignore' },
    );
    cert = await readFile(crt, 'utf8');
    app = await buildApp({
      client: connect({ url: 'http://127.0.0.1:9', username: 'reader', password: '' }, { quiet: true }),
      clock: Date.now,
      load: () => Promise.resolve({ dashboards: testDashboards(), faults: [] }),
      folder,
      watch: false,
      dist: join(folder, 'dist'),
      tls: { cert, key: await readFile(key, 'utf8') },
      auth: { keeper },
    });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const address = app.server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('is reached by TLS, and tells browsers to stay with it', async () => {
    const reply = await new Promise<IncomingMessage>((done, fail) => {
      get({ host: '127.0.0.1', port, path: '/api/health', ca: cert, servername: 'localhost' }, done).once(
        'error',
        fail,
      );
    });
    reply.resume();
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(reply.headers['cross-origin-opener-policy']).toBe('same-origin');
  });

  it('gives cookies that are sent by TLS alone', async () => {
    const body = JSON.stringify({ name: 'lan', password: PASSWORD });
    const reply = await new Promise<IncomingMessage>((done, fail) => {
      const headers = { 'content-type': 'application/json' };
      const options = { host: '127.0.0.1', port, path: '/api/session', ca: cert, servername: 'localhost' };
      request({ ...options, headers, method: 'POST' }, done)
        .once('error', fail)
        .end(body);
    });
    reply.resume();
    expect(reply.statusCode).toBe(200);
    const set = reply.headers['set-cookie'] ?? [];
    expect(set).toHaveLength(2);
    expect(set.filter((cookie) => !/; Secure(;|$)/.test(cookie))).toEqual([]);
  });

  it('is not reached without', async () => {
    const asked = new Promise((done, fail) => {
      getPlain({ host: '127.0.0.1', port, path: '/api/health' }, done).once('error', fail);
    });
    await expect(asked).rejects.toThrow();
  });
});
