import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { issueToken } from './auth/issue-token.ts';
import { createKeeper } from './auth/keeper.ts';
import { startTestApp, type TestApp } from './test-app.ts';
import { EACH, idsOf, insertMarkedRows, mark, MARKED, pathOf } from './test-marked-rows.ts';
import { arbitraryRequest } from './test-requests.ts';

/** How many requests are made, and a subscription for every fiftieth; a hundred thousand take some fifteen minutes: `SCOPE_REQUESTS=100000`. */
const REQUESTS = Number(process.env.SCOPE_REQUESTS ?? 1_500);
const LONGEST_MS = 120_000 + REQUESTS * 60;
const FOLDER = join(import.meta.dirname, '../dashboards');
const NOW = Date.now();
const SCOPES = ['H49.01', 'H49.01.03', 'H49.02', 'H49.12'];

let store: TestStore;
let app: TestApp;
let boards: string[];
const tokens = new Map<string, string>();
const bearerOf = (scope: string) => ({ authorization: `Bearer ${tokens.get(scope) ?? ''}` });
const isWithin = (code: string, scope: string): boolean => pathOf(code).startsWith(pathOf(scope));

beforeAll(async () => {
  store = await startTestStore();
  await insertMarkedRows(store.writer, NOW);
  const { dashboards } = await loadDashboards({ folder: FOLDER, province: 'quang-ninh-2019' });
  if (!dashboards) throw new Error('the shipped dashboards do not load');
  boards = [...dashboards.boards.keys()];
  const keeper = createKeeper({ client: connect(store.accesses.keeper, { quiet: true }), session_ms: 3_600_000 });
  app = await startTestApp(store.accesses.reader, {
    load: () => Promise.resolve({ dashboards, faults: [] }),
    folder: FOLDER,
    auth: { keeper },
    // what is refused for being too much tells nothing of the lens
    limits: { session: Infinity, address: Infinity },
  });
  for (const unit of SCOPES) {
    const order = {
      subject: randomUUID(),
      shown: unit,
      role: 'centre',
      unit,
      days: 1,
      actor: 'test',
      now: NOW,
    } as const;
    const { token, event } = issueToken(order);
    await keeper.keep([event]);
    tokens.set(unit, token);
  }
});
afterAll(async () => {
  await app.close();
  await store.close();
});

/** What is foreign in a text for somebody of a unit: words that mark other units, and codes of units that lie elsewhere. */
function foreignIn(text: string, scope: string): string[] {
  const words = MARKED.filter((unit) => !isWithin(unit, scope) && text.includes(mark(unit)));
  const codes = [...new Set(text.match(/H49\.\d\d(\.\d\d)?/g))].filter(
    (code) => !isWithin(code, scope) && !isWithin(scope, code),
  );
  return [...words, ...codes];
}

/** A cell of a figure, counted beyond what the unit has, is a foreign count. */
const received = (body: string) =>
  [...body.matchAll(/"received":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);

describe('a session of one unit', () => {
  it(
    `is told nothing of others, whatever it asks (${REQUESTS} requests)`,
    async () => {
      const answered = new Map<string, number>();
      const statuses = new Map<number, number>();
      const check = async (scope: string, { route, url }: { route: string; url: string }): Promise<void> => {
        const { statusCode, body } = await app.app.inject({ url, headers: bearerOf(scope) });
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
        if (statusCode === 200) answered.set(route, (answered.get(route) ?? 0) + 1);
        expect([429, 500, 503], `${scope} ${url}: ${body}`).not.toContain(statusCode);
        // a refusal may repeat what was asked
        const own = statusCode < 400 ? '' : decodeURIComponent(url);
        const foreign = foreignIn(body, scope).filter((word) => !own.includes(word) && !own.includes(mark(word)));
        expect(foreign, `${scope} ${url}: ${body.slice(0, 400)}`).toEqual([]);
        if (route !== '/api/dossiers/summary' || statusCode !== 200) return;
        expect(received(body)).toBeLessThanOrEqual(EACH * MARKED.filter((code) => isWithin(code, scope)).length);
      };
      const request = fc.tuple(fc.constantFrom(...SCOPES), arbitraryRequest(app.app.swagger(), boards, NOW));
      const BATCH = 8;
      const cases = fc.sample(request, REQUESTS);
      for (let from = 0; from < cases.length; from += BATCH)
        await Promise.all(cases.slice(from, from + BATCH).map(([scope, asked]) => check(scope, asked)));
      // so that something could have been told: most are answered, and of the routes all but those of other roles and of single things
      expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 4);
      expect(answered.size, [...answered.keys()].join(' ')).toBeGreaterThan(30);
    },
    LONGEST_MS,
  );

  it('is answered for what is foreign exactly as for what does not exist', async () => {
    const ask = async (path: string) => {
      const { statusCode, body } = await app.app.inject({ url: path, headers: bearerOf('H49.01') });
      return { statusCode, body: body.replace(/"request_id":"[^"]*"/, '') };
    };
    const [foreign] = idsOf('H49.02', NOW);
    const pairs: [string, string][] = [
      ['/api/units/H49.02', '/api/units/H49.99'],
      [`/api/dossiers/${foreign ?? ''}`, '/api/dossiers/khong-co'],
      ['/api/chases/DD-H49.02', '/api/chases/khong-co'],
      ['/api/chases/DD-H49.02/dossiers', '/api/chases/khong-co/dossiers'],
      ['/api/alerts/AL-H49.02', '/api/alerts/khong-co'],
      ['/api/alertmanager/api/v2/silence/SI-H49.02', '/api/alertmanager/api/v2/silence/khong-co'],
      ['/api/boards/toan-canh?unit=H49.02', '/api/boards/toan-canh?unit=H49.99'],
      ['/api/dossiers?unit=H49.02', '/api/dossiers?unit=H49.99'],
    ];
    for (const [one, other] of pairs) expect(await ask(one), one).toEqual(await ask(other));
    const byHandler = (code: string) => ask(`/api/dossiers/summary?handler=${code}`);
    expect((await byHandler('H49.02')).statusCode).toBe((await byHandler('H49.99')).statusCode);
  });

  it(
    'follows boards of its own units, and hears of nothing else',
    async () => {
      const asked = fc.record({
        board: fc.constantFrom(...boards),
        unit: fc.oneof(fc.constantFrom(undefined, ...MARKED, 'H49.99', '?'), fc.string({ maxLength: 6 })),
      });
      const each = Math.max(40, Math.round(REQUESTS / 50 / SCOPES.length));
      for (const scope of SCOPES) {
        const socket = await app.open(bearerOf(scope));
        const heard: unknown[] = [];
        socket.onAny((...said: unknown[]) => heard.push(said));
        for (const { board, unit } of fc.sample(asked, each)) {
          const answer = await socket.emitWithAck('board:watch', { board, ...(unit !== undefined && { unit }) });
          if (unit === undefined || MARKED.includes(unit))
            expect(answer.ok, `${board} ${unit ?? ''}`).toBe(unit === undefined || isWithin(unit, scope));
          heard.push(answer);
          expect(foreignIn(JSON.stringify(heard), scope), `${scope} ${board} ${unit ?? ''}`).toEqual([]);
          heard.length = 0;
        }
        const all = await socket.emitWithAck('board:watch', { board: 'toan-canh' });
        const keys = all.ok ? all.value.snapshots.map(({ key }) => key) : [];
        expect(keys.length).toBeGreaterThan(5);
        heard.push(
          await socket.emitWithAck('key:snapshot', { keys: keys.map((key) => key.replaceAll(pathOf(scope), '/H49/')) }),
        );
        expect(foreignIn(JSON.stringify(heard), scope), scope).toEqual([]);
        socket.close();
      }
    },
    LONGEST_MS,
  );
});
