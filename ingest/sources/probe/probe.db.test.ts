import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startTestStore, type TestStore } from '../../clickhouse/test-store.ts';
import { startTestCollector } from '../../collect/test-collector.ts';
import { ProbeFileSchema } from '../../schema/probe.ts';
import { reachByTcp } from './reach.ts';
import { createProbeSource } from './source.ts';

const RowSchema = z.array(z.object({ subject: z.string(), metric: z.string(), value: z.number() }));
const LinkSchema = z.array(
  z.object({ link_id: z.string(), up: z.number(), latency_ms: z.number().nullable(), loss_ratio: z.number() }),
);

let store: TestStore;
let folder: string;
let page = 'Bản tin 1';
const servers: (Server | HttpServer)[] = [];
const faults: string[] = [];

async function listen(server: Server | HttpServer): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  store = await startTestStore();
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-probe-'));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function probe(targets: readonly object[], until: () => Promise<void>): Promise<void> {
  const file = ProbeFileSchema.parse({ name: { vi: 'Thử', en: 'Test' }, source: 'tham-do', targets });
  const source = createProbeSource({
    files: new Map([['thu', file]]),
    state_dir: join(folder, 'state'),
    clock: Date.now,
    log: pino({ level: 'silent' }),
    reach: reachByTcp,
    onFault: (fault) => faults.push(fault),
  });
  const { close } = await startTestCollector(store, [source], { folder });
  await until();
  await close();
}
const rows = async (query: string): Promise<unknown> =>
  (await store.owner.query({ query, format: 'JSONEachRow' })).json();
const newest = async (): Promise<Map<string, number>> =>
  new Map(
    RowSchema.parse(
      await rows(`SELECT subject, toString(metric) AS metric, argMax(r.value, observed_at) AS value
        FROM log.reading_event AS r WHERE r.value IS NOT NULL GROUP BY subject, metric`),
    ).map(({ subject, metric, value }) => [`${subject} ${metric}`, value]),
  );
const seenOf = (seen: ReadonlyMap<string, number>, names: readonly string[]) => names.map((name) => seen.get(name));
const links = async () =>
  LinkSchema.parse(
    await rows(`SELECT toString(link_id) AS link_id, argMax(e.up, e.observed_at) AS up, tupleElement(argMax(tuple(e.latency_ms), e.observed_at), 1) AS latency_ms,
      argMax(e.loss_ratio, e.observed_at) AS loss_ratio FROM log.link_event AS e GROUP BY link_id ORDER BY link_id`),
  );

describe('probes', { timeout: 60_000 }, () => {
  it('see which hosts answer, how fast, and what is lost', async () => {
    const port = await listen(createTcp((socket) => socket.end()));
    const gone = createTcp();
    const closed = await listen(gone);
    gone.close();
    const reach = { kind: 'reach', unit: 'H49.02', every_s: 1, count: 3 };
    await probe(
      [
        { ...reach, id: 'open', host: '127.0.0.1', port },
        // who refuses a connection is there
        { ...reach, id: 'refuses', host: '127.0.0.1', port: closed },
        // a name that nobody has (RFC 6761)
        { ...reach, id: 'away', host: 'khong-co.invalid', port, count: 1 },
      ],
      async () => expect.poll(async () => (await links()).length, { timeout: 20_000 }).toBe(3),
    );
    const [away, open, refuses] = await links();
    expect(away).toMatchObject({ up: 0, loss_ratio: 1, latency_ms: null });
    expect(open).toMatchObject({ up: 1, loss_ratio: 0 });
    expect(refuses).toMatchObject({ up: 1, loss_ratio: 0 });
    expect(open?.latency_ms).toBeGreaterThan(0);
    expect(faults).toContain('unreachable');
    expect(await rows('SELECT DISTINCT unit_path FROM log.link_event')).toEqual([{ unit_path: '/H49/H49.02/' }]);
  });

  it('see what a web site answers, and that its content changed, though the process was started anew', async () => {
    const site = createHttp((request, reply) => {
      if (request.url === '/hong') reply.writeHead(500).end('lỗi');
      else if (request.url === '/cham') return;
      else reply.end(`<main>${page}</main><i>${Math.random()}</i>`);
    });
    const at = `http://127.0.0.1:${await listen(site)}`;
    const web = { kind: 'web', unit: 'H49', every_s: 1, timeout_s: 0.5 };
    const targets = [
      { ...web, id: 'trang', url: `${at}/`, content: { select: '<main>.*?</main>' } },
      { ...web, id: 'hong', url: `${at}/hong` },
      { ...web, id: 'cham', url: `${at}/cham` },
    ];
    await probe(targets, async () =>
      // the slow one is known only when its time is up
      expect
        .poll(async () => seenOf(await newest(), ['trang web.changed', 'cham web.available']), {
          timeout: 20_000,
        })
        .toEqual([0, 0]),
    );
    page = 'Trang đã bị thay';
    await probe(
      targets,
      async () =>
      expect.poll(() => rows(`SELECT count() AS n FROM log.reading_event FINAL WHERE metric = 'web.changed' AND value = 1`), { timeout: 20_000 }).toMatchObject([{ n: 1 }]), // prettier-ignore
    );
    const seen = await newest();
    expect(Object.fromEntries(seen)).toMatchObject({
      ...{ 'trang web.available': 1, 'trang web.status': 200, 'hong web.available': 0, 'hong web.status': 500 },
      'cham web.available': 0,
    });
    expect(seen.has('cham web.status')).toBe(false);
    expect(seen.has('trang web.certificate_days')).toBe(false);
    expect(faults).toContain('status');
  });

  it.skipIf(!hasOpenssl())('see how long a certificate is good, and that it is not trusted', async () => {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '20'].concat([
        '-subj',
        '/CN=localhost',
        '-keyout',
        key,
        '-out',
        cert,
      ]),
      { stdio: 'ignore' },
    );
    const files = { key: await readFile(key), cert: await readFile(cert) };
    const port = await listen(createHttps(files, (_request, reply) => reply.end('chào')));
    await probe(
      [{ kind: 'web', id: 'an-toan', unit: 'H49', every_s: 1, url: `https://127.0.0.1:${port}/` }],
      async () => expect.poll(async () => (await newest()).get('an-toan web.status'), { timeout: 20_000 }).toBe(200),
    );
    const seen = await newest();
    expect(seen.get('an-toan web.certificate_days')).toBeGreaterThan(19.9);
    expect(seen.get('an-toan web.certificate_days')).toBeLessThan(20);
    expect(seen.get('an-toan web.certificate_trusted')).toBe(0);
    expect(seen.get('an-toan web.available')).toBe(1);
    expect(faults).toContain('certificate');
  });
});
