import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { issueToken } from '../auth/issue-token.ts';
import { createKeeper } from '../auth/keeper.ts';
import type { Role } from '../auth/roles.ts';
import type { Previewed, Snapshot } from '../contract.ts';
import { startTestApp, type TestApp, type TestSocket } from '../test-app.ts';
import { testBoard, testDashboards, testQueries, testQuery } from '../test-boards.ts';
import { dossierRow, insert } from '../test-rows.ts';

const GOOD = stringify({ ...testBoard(['dossiers']), title: { vi: 'Bản nháp', en: 'Draft' } });
const numbered = testQuery('numbered', 'SELECT count() + {n:UInt32} AS value FROM dossier', ['dossier'], {
  ...{ description: 'a question of its own for each number', rows: { value: { type: 'number' } } },
  params: { n: { type: 'UInt32', default: 0 } },
});
const served = testDashboards({ queries: new Map([...testQueries(), numbered].map((query) => [query.id, query])) });

let store: TestStore;
let api: TestApp;
const headers = new Map<string, Record<string, string>>();

beforeAll(async () => {
  store = await startTestStore();
  const keeper = createKeeper({ client: connect(store.accesses.keeper, { quiet: true }), session_ms: 3_600_000 });
  api = await startTestApp(store.accesses.reader, {
    auth: { keeper },
    load: () => Promise.resolve({ dashboards: served, faults: [] }),
  });
  const people: [name: string, role: Role, unit: string | null][] = [
    ['duty', 'duty', null],
    ['vandal', 'duty', null],
    ['typist', 'duty', null],
    ['colleague', 'duty', null],
    ['district', 'duty', 'H49.01'],
    ['leader', 'leader', null],
    ['centre', 'centre', 'H49.01'],
  ];
  for (const [name, role, unit] of people) {
    const order = { subject: randomUUID(), shown: name, role, unit, days: 1, actor: 'test', now: Date.now() };
    const { token, event } = issueToken(order);
    await keeper.keep([event]);
    headers.set(name, { authorization: `Bearer ${token}` });
  }
  await insert(
    store.writer,
    'dossier_event',
    ['H49.01', 'H49.01', 'H49.02'].map((unit, n) =>
      dossierRow({ observed_at: Date.now(), dossier_id: `D${n}`, unit_path: `/H49/${unit}/` }),
    ),
  );
});
afterAll(async () => {
  await api.close();
  await store.close();
});

const open = (who: string): Promise<TestSocket> => api.open(headers.get(who));
async function preview(
  socket: TestSocket,
  text: string,
  looked: { unit?: string; variables?: Record<string, string> } = {},
): Promise<Previewed> {
  const reply = await socket.emitWithAck('board:preview', { board: 'thu', text, ...looked });
  if (!reply.ok) throw new Error(`${reply.failure.code} ${reply.failure.message}`);
  return reply.value;
}
/** How many dossiers a draft draws. */
function counted({ shown }: Previewed): unknown {
  const key = shown?.board.keys.dossiers?.main;
  return shown?.snapshots.find((snapshot) => snapshot.key === key)?.rows[0]?.[0];
}

describe('a draft of a board', () => {
  it('is drawn with real rows to whoever writes it, and to nobody else', async () => {
    const [writer, other] = await Promise.all([open('duty'), open('duty')]);
    const drawn = await preview(writer, GOOD);
    expect(drawn.shown?.board.board.title.vi).toBe('Bản nháp');
    expect(counted(drawn)).toBe(3);
    const watched = await other.emitWithAck('board:watch', { board: 'thu' });
    if (!watched.ok) throw new Error(watched.failure.code);
    expect(watched.value.board.board.title.vi).toBe('Bảng thử');
    expect(served.boards.get('thu')?.title.vi).toBe('Bảng thử');
    // the same question of the same lens is one key
    expect(watched.value.board.keys.dossiers).toEqual(drawn.shown?.board.keys.dossiers);
  });

  it('follows what it draws', async () => {
    const socket = await open('duty');
    const drawn = await preview(socket, GOOD);
    const key = drawn.shown?.board.keys.dossiers?.main;
    const heard: Snapshot[] = [];
    socket.on('key:snapshot', (snapshot) => heard.push(snapshot));
    await insert(store.writer, 'dossier_event', [
      dossierRow({ observed_at: Date.now(), dossier_id: randomUUID(), unit_path: '/H49/H49.02/' }),
    ]);
    const newest = () => heard.findLast((snapshot) => snapshot.key === key)?.rows[0]?.[0];
    await expect.poll(newest, { timeout: 10_000 }).toBe(Number(counted(drawn)) + 1);
  });

  it('of an id that no file has can be drawn', async () => {
    const socket = await open('duty');
    const reply = await socket.emitWithAck('board:preview', { board: 'moi', text: GOOD });
    expect(reply).toMatchObject({ ok: true, value: { shown: { board: { id: 'moi' } } } });
    expect(await socket.emitWithAck('board:watch', { board: 'moi' })).toMatchObject({ ok: false });
  });

  it('that is wrong is told line, column and what is allowed, and the picture before it is followed on', async () => {
    const socket = await open('duty');
    const good = await preview(socket, GOOD);
    const wrong = await preview(socket, GOOD.replace('query: dossiers', 'query: dosiers'));
    expect(wrong).toMatchObject({
      shown: null,
      faults: [{ file: 'boards/thu.yaml', path: 'panels.dossiers.queries.main.query' }],
    });
    expect(wrong.faults[0]?.message).toBe(
      'unknown query "dosiers"; did you mean "dossiers"? allowed: dossiers, links, newest, numbered',
    );
    const line = GOOD.split('\n').findIndex((text) => text.includes('query: dossiers'));
    expect(wrong.faults[0]).toMatchObject({ line: line + 1, column: 16 });
    const keys = Object.values(good.shown?.board.keys.dossiers ?? {});
    expect(await socket.emitWithAck('key:snapshot', { keys })).toMatchObject({ ok: true, value: [{ key: keys[0] }] });
  });

  it('is drawn as another unit sees it, within the own scope alone', async () => {
    const socket = await open('duty');
    expect(counted(await preview(socket, GOOD, { unit: 'H49.01' }))).toBe(2);
    const district = await open('district');
    expect(counted(await preview(district, GOOD))).toBe(2);
    expect(counted(await preview(district, GOOD, { unit: 'H49.01.01' }))).toBe(0);
    await expect(preview(district, GOOD, { unit: 'H49.02' })).rejects.toThrow('IOC_UNIT_UNKNOWN');
    await expect(preview(district, GOOD, { unit: 'H49' })).rejects.toThrow('IOC_UNIT_UNKNOWN');
  });

  it('is not for those who may not edit', async () => {
    for (const who of ['leader', 'centre'])
      await expect(preview(await open(who), GOOD)).rejects.toThrow('IOC_FORBIDDEN');
  });

  it('is drawn by what is chosen of its variables, which the files may not have yet', async () => {
    const socket = await open('duty');
    const { panels, ...board } = testBoard(['dossiers'], false);
    const words = (vi: string) => ({ vi, en: vi });
    const draft = stringify({
      ...board,
      variables: {
        added: {
          title: words('Cộng thêm'),
          choices: [0, 100].map((value) => ({ value, name: words(`${value}`) })),
          default: 0,
        },
      },
      panels: { dossiers: { ...panels.dossiers, queries: { main: { query: 'numbered', params: { n: '$added' } } } } },
    });
    const usual = await preview(socket, draft);
    expect(usual.shown?.board.chosen).toEqual({ added: 0 });
    const chosen = await preview(socket, draft, { variables: { added: '100' }, unit: 'H49.01' });
    expect(chosen.shown?.board.chosen).toEqual({ added: 100 });
    expect(counted(chosen)).toBe(102);
    // what is no choice is as usual
    const stray = await preview(socket, draft, { variables: { added: '7', other: 'x' } });
    expect(counted(stray)).toBe(counted(usual));
  });

  it('that is huge, or asks for too much, is refused, and the connection stays', async () => {
    const socket = await open('duty');
    await expect(preview(socket, `${GOOD}# ${'đ'.repeat(24 * 1024)}\n`)).rejects.toThrow('IOC_TOO_LARGE');
    const panel = { ...testBoard(['dossiers'], false).panels.dossiers };
    const panels = Array.from({ length: 101 }, (_, n) => [
      `p${n}`,
      {
        ...panel,
        at: { x: n % 96, y: Math.floor(n / 96), w: 1, h: 1 },
        queries: { main: { query: 'numbered', params: { n } } },
      },
    ]);
    const many = { ...testBoard([]), grid: { columns: 96, rows: 2 }, panels: Object.fromEntries(panels) };
    await expect(preview(socket, JSON.stringify(many))).rejects.toThrow('at most 100 queries');
    expect(socket.connected).toBe(true);
  });

  it('that is garbage never ends the process', async () => {
    const socket = await open('vandal');
    for (const text of ['', '\0', '['.repeat(2_000), 'panels: [1, {', '{a: '.repeat(2_000), 'a: &a [*a]'])
      expect((await preview(socket, text)).faults).not.toEqual([]);
    for (const text of ['['.repeat(40_000), '{a: '.repeat(9_000), '?\n'.repeat(9_000)])
      expect(await socket.emitWithAck('board:preview', { board: 'thu', text })).toMatchObject({
        ok: false,
        failure: { code: 'IOC_TOO_LARGE' },
      });
    for (const request of [null, 1, { board: '../x', text: '' }, { board: 'thu', text: 3 }, { board: 'thu' }]) {
      // what a page sends is not bound by the types
      const reply: unknown = await socket.emitWithAck('board:preview', JSON.parse(JSON.stringify(request)));
      expect(reply).toMatchObject({ ok: false, failure: { code: 'IOC_BAD_REQUEST' } });
    }
    expect(counted(await preview(socket, GOOD))).toBeGreaterThan(0);
  });

  it('is checked no oftener than somebody types, in however many pages', async () => {
    const [one, other] = await Promise.all([open('typist'), open('typist')]);
    const colleague = await open('colleague');
    const replies = await Promise.all(
      Array.from({ length: 13 }, () =>
        [one, other].map((page) => page.emitWithAck('board:preview', { board: 'thu', text: 'title: 1' })),
      ).flat(),
    );
    expect(replies.filter(({ ok }) => ok)).toHaveLength(20);
    expect(replies.at(-1)).toMatchObject({ ok: false, failure: { code: 'IOC_TOO_MANY' } });
    expect((await preview(colleague, 'title: 1')).faults).not.toEqual([]);
  });
});

describe('what whoever writes a board asks for', () => {
  const ask = async (who: string, path: string) => fetch(`${api.url}/api${path}`, { headers: headers.get(who) ?? {} });

  it('is the text of a file, exactly, for editors, and nothing outside of the boards', async () => {
    await mkdir(join(api.folder, 'boards'));
    const text = '# đúng từng chữ\r\ntitle:   { vi: A, en: A }\n\n';
    await writeFile(join(api.folder, 'boards/thu.yaml'), text);
    await writeFile(join(api.folder, 'secret.yaml'), 'a: 1');
    expect(await (await ask('duty', '/boards/thu/file')).json()).toEqual({ file: 'boards/thu.yaml', text });
    expect((await ask('leader', '/boards/thu/file')).status).toBe(403);
    expect((await ask('duty', '/boards/khong-co/file')).status).toBe(404);
    for (const id of ['..%2Fsecret', '%2E%2E%2Fsecret', 'thu.yaml', 'THU', '%00'])
      expect((await ask('duty', `/boards/${id}/file`)).status).toBe(400);
  });

  it('is what boards are made of', async () => {
    await writeFile(join(api.folder, 'boards/thu.yaml'), GOOD);
    const { dossiers: panel } = testBoard(['dossiers']).panels;
    const dossiers = stringify({ dossiers: panel }).trimEnd();
    const said: unknown = await (await ask('duty', '/definitions')).json();
    expect(said).toMatchObject({
      metrics: [{ id: 'count', name: { vi: 'Số' }, definition: { vi: 'Đếm.' } }],
      queries: [{ id: 'dossiers', description: 'all', params: [], rows: { value: 'number' } }, {}, {}, {}],
    });
    expect(said).toMatchObject({
      kinds: expect.arrayContaining([
        {
          kind: 'figure',
          columns: { main: ['value'], trend: ['t', 'value'] },
          example: { board: 'thu', panel: 'dossiers', text: dossiers },
        },
      ]),
    });
    expect((await ask('centre', '/definitions')).status).toBe(403);
  });
});
