import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { loadDashboards } from '#dashboards/load.ts';
import { issueToken } from './auth/issue-token.ts';
import { createKeeper } from './auth/keeper.ts';
import { SUMMARY_BY } from './routes/dossiers/queries.ts';
import { DOSSIER_GROUPS } from './routes/dossiers/outcome-groups.ts';
import { startTestApp, type TestApp } from './test-app.ts';
import { dossierRow, insert, linkRow } from './test-rows.ts';

/** How many requests are made; a hundred thousand take some ten minutes: `SCOPE_REQUESTS=100000`. */
const REQUESTS = Number(process.env.SCOPE_REQUESTS ?? 1_500);
const LONGEST_MS = 120_000 + REQUESTS * 60;
const FOLDER = join(import.meta.dirname, '../dashboards');
const NOW = Date.now();
const HOUR = 3_600_000;
/** Units with rows of their own, each marked in every text by a word that stands nowhere else. */
const MARKED = ['H49', 'H49.01', 'H49.01.03', 'H49.02', 'H49.02.01', 'H49.12'];
const SCOPES = ['H49.01', 'H49.01.03', 'H49.02', 'H49.12'];
/** Dossiers of each marked unit. */
const EACH = 6;

let store: TestStore;
let app: TestApp;
const tokens = new Map<string, string>();

const pathOf = (code: string): string => {
  const steps = code.split('.');
  return `/${steps.map((_step, index) => `${steps.slice(0, index + 1).join('.')}/`).join('')}`;
};
const mark = (code: string): string => `Dấu${code.replaceAll('.', 'đ')}x`;
const isWithin = (code: string, scope: string): boolean => pathOf(code).startsWith(pathOf(scope));
const idsOf = (code: string): string[] =>
  Array.from(
    { length: EACH },
    (_, n) => `${code}-${new Date(NOW - 20 * 24 * HOUR).toISOString().slice(2, 10).replaceAll('-', '')}-${n}`,
  );

/** An event of any family, with what all have in common. */
function base(unit: string, type: string, at: number) {
  return {
    ...{ event_key: randomUUID(), id: `${mark(unit)}-${randomUUID()}`, source: mark(unit), type, subject: mark(unit) },
    ...{ unit_path: pathOf(unit), unit, observed_at: at, received_at: at },
    simulated: 0 as const,
  };
}

async function fill(): Promise<void> {
  const at = NOW - 10 * 60_000;
  await insert(
    store.writer,
    'dossier_event',
    MARKED.flatMap((unit) =>
      idsOf(unit).flatMap((dossier_id, n) => {
        const words = {
          procedure_name: mark(unit),
          field_name: mark(unit),
          step_holder: mark(unit),
          handler: mark(unit),
          source: mark(unit),
        };
        const place = {
          unit,
          unit_path: pathOf(unit),
          procedure_code: `1.${unit}`,
          field_code: mark(unit),
          dossier_id,
        };
        const opened = { observed_at: NOW - 20 * 24 * HOUR + n, due_at: NOW - (n - 2) * 24 * HOUR };
        const received = dossierRow({ ...words, ...place, ...opened });
        return n % 3 === 0
          ? [
              received,
              dossierRow({
                ...received,
                event_key: randomUUID(),
                id: randomUUID(),
                observed_at: at + n,
                received_at: at + n,
                status: 9,
              }),
            ]
          : [received];
      }),
    ),
  );
  await insert(
    store.writer,
    'link_event',
    MARKED.map((unit) => linkRow({ ...base(unit, 'link.down', at), link_id: mark(unit), up: 0 })),
  );
  await insert(
    store.writer,
    'security_event',
    MARKED.map((unit) => ({
      ...base(unit, 'security.alert', at),
      severity: 4,
      signature: mark(unit),
      asset: mark(unit),
      category: mark(unit),
    })),
  );
  await insert(
    store.writer,
    'reading_event',
    MARKED.map((unit) => ({ ...base(unit, 'reading.sample', at), metric: 'queue.waiting', value: 7 })),
  );
  await insert(
    store.writer,
    'entry_event',
    MARKED.map((unit) => ({
      ...base(unit, 'entry.made', at),
      metric: 'index_766.1_1.part',
      period: '2026-11',
      value: 5,
      actor: mark(unit),
      note: mark(unit),
    })),
  );
  await insert(
    store.writer,
    'chase_event',
    MARKED.map((unit) => ({
      ...base(unit, 'chase.sent', at),
      subject: `DD-${unit}`,
      chase_id: `DD-${unit}`,
      dossier_ids: idsOf(unit).slice(0, 2),
      text: mark(unit),
      actor: mark(unit),
      deadline_at: NOW + HOUR,
    })),
  );
  await store.writer.insert({
    table: 'log.dead_letter',
    values: MARKED.map((unit) => ({
      letter_key: randomUUID(),
      received_at: at,
      source: mark(unit),
      entry: 'events',
      code: mark(unit),
      reason: mark(unit),
      payload: '',
      unit_path: pathOf(unit),
    })),
    format: 'JSONEachRow',
  });
}

beforeAll(async () => {
  store = await startTestStore();
  await fill();
  const { dashboards } = await loadDashboards({ folder: FOLDER, province: 'quang-ninh-2019' });
  if (!dashboards) throw new Error('the shipped dashboards do not load');
  const keeper = createKeeper({ client: connect(store.accesses.keeper, { quiet: true }), session_ms: HOUR });
  app = await startTestApp(store.accesses.reader, {
    load: () => Promise.resolve({ dashboards, faults: [] }),
    folder: FOLDER,
    auth: { keeper },
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

const unit = fc.oneof(
  fc.constantFrom(
    ...MARKED,
    'H49.03',
    'H49.99',
    'H50',
    '',
    '?',
    '/H49/',
    'H49.01/',
    "H49.01'",
    'H49.0%',
    '000.00.02.H49',
  ),
  fc.string({ maxLength: 8 }),
);
const id = fc.oneof(
  fc.constantFrom(...MARKED.flatMap((code) => [...idsOf(code), `DD-${code}`])),
  fc.string({ maxLength: 12 }),
);
const word = fc.oneof(
  fc.constantFrom(...MARKED.map(mark), ...MARKED.map((code) => `1.${code}`), 'dau', "'", '%', '\\'),
  fc.string({ maxLength: 6 }),
);
const instant = fc
  .integer({ min: 0, max: 30 * 24 * 60 })
  .map((minutes) => new Date(NOW - minutes * 60_000).toISOString());
const filter = fc.record(
  {
    unit,
    at: instant,
    known_at: instant,
    rule: fc.constantFrom('province', '766'),
    state: fc.constantFrom(...DOSSIER_GROUPS),
    procedure: word,
    field: word,
    handler: unit,
    step: word,
    q: word,
    ids: fc.array(id, { minLength: 1, maxLength: 4 }).map((ids) => ids.join(',')),
    group_by: fc.constantFrom(...SUMMARY_BY),
    limit: fc.constantFrom('1', '100'),
    sort: fc.constantFrom('due', '-accepted', 'unit'),
    period: fc.constantFrom('2026-11', '2026'),
    dossier: id,
    account: id,
  },
  { requiredKeys: [] },
);
const ROUTES: readonly [path: string, takes: readonly string[]][] = [
  [
    '/api/dossiers/summary',
    ['unit', 'at', 'known_at', 'rule', 'state', 'procedure', 'field', 'handler', 'step', 'q', 'ids', 'group_by'],
  ],
  [
    '/api/dossiers',
    ['unit', 'at', 'known_at', 'rule', 'state', 'procedure', 'field', 'handler', 'step', 'q', 'ids', 'sort', 'limit'],
  ],
  ['/api/dossiers/export.csv', ['unit', 'rule', 'state', 'q', 'ids']],
  ['/api/dossiers/:id', ['unit', 'at', 'known_at', 'rule']],
  ['/api/dossiers/:id/applicant', ['unit']],
  ['/api/units/:unit', ['at', 'rule']],
  ['/api/units/:unit/standing', ['rule']],
  ['/api/units/:unit/network', []],
  ['/api/boards/toan-canh', ['unit']],
  ['/api/boards/don-vi', ['unit']],
  ['/api/boards', []],
  ['/api/province', []],
  ['/api/maps/quang-ninh-2019', []],
  ['/api/sources', []],
  ['/api/audit', []],
  ['/api/integrity', ['unit']],
  ['/api/index-766', ['unit']],
  ['/api/reconciliations', ['unit', 'period']],
  ['/api/chases', ['unit', 'dossier']],
  ['/api/chases/:id', []],
  ['/api/chases/:id/dossiers', []],
  ['/api/apologies', ['unit', 'dossier']],
  ['/api/accounts', []],
  ['/api/sessions', ['account']],
  ['/metrics', []],
];
const request = fc.record({ scope: fc.constantFrom(...SCOPES), route: fc.constantFrom(...ROUTES), filter, id, unit });

describe('a session of one unit', () => {
  it(
    `is told nothing of others, whatever it asks (${REQUESTS} requests)`,
    async () => {
      const statuses = new Map<number, number>();
      const check = async ({
        scope,
        route: [path, takes],
        ...more
      }: typeof request extends fc.Arbitrary<infer R> ? R : never): Promise<void> => {
        const query = new URLSearchParams();
        for (const [name, value] of Object.entries(more.filter)) if (takes.includes(name)) query.set(name, value);
        const url = path.replace(':id', encodeURIComponent(more.id)).replace(':unit', encodeURIComponent(more.unit));
        const reply = await app.app.inject({
          url: `${url}?${query.toString()}`,
          headers: { authorization: `Bearer ${tokens.get(scope) ?? ''}` },
        });
        statuses.set(reply.statusCode, (statuses.get(reply.statusCode) ?? 0) + 1);
        expect(
          foreignIn(reply.body, scope),
          `${scope} ${url}?${query.toString()}: ${reply.body.slice(0, 400)}`,
        ).toEqual([]);
        if (path !== '/api/dossiers/summary' || reply.statusCode !== 200) return;
        const total = [...reply.body.matchAll(/"received":(\d+)/g)].reduce((sum, [, count]) => sum + Number(count), 0);
        expect(total).toBeLessThanOrEqual(EACH * MARKED.filter((code) => isWithin(code, scope)).length);
      };
      const BATCH = 8;
      const cases = fc.sample(request, REQUESTS);
      for (let from = 0; from < cases.length; from += BATCH)
        await Promise.all(cases.slice(from, from + BATCH).map(check));
      // most are answered, so that something could have been told
      expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 4);
      expect(statuses.get(500)).toBeUndefined();
    },
    LONGEST_MS,
  );

  it('is answered for what is foreign exactly as for what does not exist', async () => {
    const ask = async (path: string) => {
      const { statusCode, body } = await app.app.inject({
        url: path,
        headers: { authorization: `Bearer ${tokens.get('H49.01') ?? ''}` },
      });
      return { statusCode, body: body.replace(/"request_id":"[^"]*"/, '') };
    };
    const [foreign] = idsOf('H49.02');
    const pairs: [string, string][] = [
      ['/api/units/H49.02', '/api/units/H49.99'],
      [`/api/dossiers/${foreign ?? ''}`, '/api/dossiers/khong-co'],
      ['/api/chases/DD-H49.02', '/api/chases/khong-co'],
      ['/api/chases/DD-H49.02/dossiers', '/api/chases/khong-co/dossiers'],
      ['/api/boards/toan-canh?unit=H49.02', '/api/boards/toan-canh?unit=H49.99'],
      ['/api/dossiers?unit=H49.02', '/api/dossiers?unit=H49.99'],
    ];
    for (const [one, other] of pairs) expect(await ask(one), one).toEqual(await ask(other));
    const byHandler = (code: string) => ask(`/api/dossiers/summary?handler=${code}`);
    expect((await byHandler('H49.02')).statusCode).toBe((await byHandler('H49.99')).statusCode);
  });

  it('follows boards of its own units, and hears of nothing else', async () => {
    for (const scope of SCOPES) {
      const socket = await app.open({ authorization: `Bearer ${tokens.get(scope) ?? ''}` });
      const heard: unknown[] = [];
      socket.onAny((...said: unknown[]) => heard.push(said));
      for (const asked of [undefined, ...MARKED, 'H49.99', '?']) {
        const answer = await socket.emitWithAck('board:watch', {
          board: 'toan-canh',
          ...(asked === undefined ? {} : { unit: asked }),
        });
        heard.push(answer);
        expect(answer.ok).toBe(asked === undefined || isWithin(asked, scope));
      }
      const all = await socket.emitWithAck('board:watch', { board: 'toan-canh' });
      const keys = all.ok ? all.value.snapshots.map(({ key }) => key) : [];
      heard.push(
        await socket.emitWithAck('key:snapshot', { keys: keys.map((key) => key.replaceAll(pathOf(scope), '/H49/')) }),
      );
      expect(keys.length).toBeGreaterThan(5);
      expect(foreignIn(JSON.stringify(heard), scope), scope).toEqual([]);
      socket.close();
    }
  });
});
