import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { ResolvedBoard, Snapshot } from '../contract.ts';
import { startTestApp, type TestApp, type TestSocket } from '../test-app.ts';
import { loadFolder } from './load-folder.ts';

const text = (vi: string) => `{ vi: ${vi}, en: ${vi} }`;
const panel = (id: string, x: number, source: string) => `
  ${id}:
    kind: figure
    title: ${text('Ô')}
    question: ${text('Bao nhiêu?')}
    metric: count
    sources: [${source}]
    stale_after_s: 60
    at: { x: ${x}, y: 0, w: 1, h: 1 }
    queries: { main: { query: ${id} } }`;
const FILES = {
  'units/thu.yaml': `
name: ${text('Tỉnh thử')}
heading: ${text('TỈNH THỬ')}
root: H49
calendar: viet-nam
map: thu
origin: made for a test
units:
  - { code: H49, type: tinh, name: Tỉnh thử, short: Tỉnh }`,
  'calendar/viet-nam.yaml': `
name: ${text('Lịch')}
zone: Asia/Ho_Chi_Minh
hours: { 1: [['08:00', '17:00']] }
years: []`,
  'maps/thu.geojson': '{"type":"FeatureCollection","features":[]}',
  'metrics/count.yaml': `
name: ${text('Số')}
unit: ${text('hồ sơ')}
format: integer
definition: ${text('Đếm.')}`,
  'boards/thu.yaml': `
title: ${text('Bảng thử')}
questions: [${text('Thế nào?')}]
grid: { columns: 4, rows: 1 }
panels:${panel('one', 0, 'dossier')}${panel('two', 1, 'link')}`,
  'queries/one.yaml': 'description: one\nrows:\n  value: { type: number }\n',
  'queries/one.sql': '-- One row.\nSELECT count() AS value FROM dossier\n',
  'queries/two.yaml': 'description: two\nrows:\n  value: { type: number }\n',
  'queries/two.sql': '-- One row.\nSELECT count() AS value FROM link\n',
};

describe('a saved file', () => {
  let db: TestStore;
  let api: TestApp;
  let folder: string;
  let socket: TestSocket;
  let board: ResolvedBoard;
  const heard: string[] = [];
  beforeAll(async () => {
    db = await startTestStore();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toan-canh-files-'));
    for (const [file, content] of Object.entries(FILES)) await save(file, content);
    const load = loadFolder({ folder, province: 'thu', client: connect(db.accesses.reader, { quiet: true }) });
    api = await startTestApp(db.accesses.reader, { load, folder, watch: true });
    socket = await api.open();
    const reply = await socket.emitWithAck('board:watch', { board: 'thu' });
    if (!reply.ok) throw new Error(reply.failure.message);
    board = reply.value.board;
    heard.length = 0;
    socket.onAny((event: string) => heard.push(event));
  });
  afterEach(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Saves as editors do that never leave half a file: beside it, then in its place. */
  const save = async (file: string, content: string): Promise<void> => {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, `${file}~`), content);
    await rename(join(folder, `${file}~`), join(folder, file));
  };
  const changed = () =>
    new Promise<{ board: ResolvedBoard; snapshots: Snapshot[]; ms: number }>((done) => {
      const began = performance.now();
      socket.once('board:changed', (change) => done({ ...change, ms: performance.now() - began }));
    });
  const faults = () => new Promise<FileFault[]>((done) => socket.once('board:fault', done));

  it('changes open boards within a second, and only the panel that it belongs to', async () => {
    const change = changed();
    await save('queries/two.sql', '-- One row.\nSELECT count() + 5 AS value FROM link\n');
    const { board: now, snapshots, ms } = await change;
    expect(ms).toBeLessThan(1_000);
    expect(snapshots.map(({ rows }) => rows)).toEqual([[[5]]]);
    expect(now.keys.one).toEqual(board.keys.one);
    expect(now.keys.two).not.toEqual(board.keys.two);
  });

  it('changes what is drawn without asking the database when only the drawing was edited', async () => {
    const change = changed();
    await save('boards/thu.yaml', FILES['boards/thu.yaml'].replace('x: 1', 'x: 2'));
    const { board: now, snapshots } = await change;
    expect(snapshots).toEqual([]);
    expect(now.keys).toEqual(board.keys);
    expect(now.board.panels.two?.at.x).toBe(2);
  });

  it.each([
    ['a board that is no YAML', 'boards/thu.yaml', 'title: [', 1],
    ['an unknown metric', 'boards/thu.yaml', FILES['boards/thu.yaml'].replaceAll('count', 'cuont'), 10],
    [
      'SQL that the database refuses',
      'queries/one.sql',
      '-- One row.\nSELECT\n  count(nothing) AS value FROM dossier\n',
      3,
    ],
    [
      'SQL that would lift the lens',
      'queries/one.sql',
      '-- One row.\nSELECT count() AS value FROM dossier\nSETTINGS max_threads = 1\n',
      3,
    ],
  ])('that is broken (%s) leaves the last good version and tells the place', async (_, file, content, line) => {
    const told = faults();
    await save(file, content);
    const [fault] = await told;
    expect(fault).toMatchObject({ file, line: expect.any(Number), column: expect.any(Number) });
    if (!content.includes('nothing')) expect(fault?.line).toBeGreaterThanOrEqual(line);
    expect(fault?.message).toContain('allowed');
    expect(await (await fetch(`${api.url}/api/faults`)).json()).toEqual(expect.arrayContaining([fault]));
    expect(await (await fetch(`${api.url}/api/boards/thu`)).json()).toEqual(board);
    expect(heard).not.toContain('board:changed');

    const mended = faults();
    await save(file, FILES[file === 'boards/thu.yaml' ? 'boards/thu.yaml' : 'queries/one.sql']);
    expect(await mended).toEqual([]);
    expect(heard).not.toContain('board:changed');
  });

  it('keeps an API from starting only when nothing at all can be served, and then says why', async () => {
    await save('units/thu.yaml', 'root: 5');
    const load = loadFolder({ folder, province: 'thu', client: connect(db.accesses.reader, { quiet: true }) });
    await expect(load()).rejects.toThrow(/units\/thu\.yaml:1:/);
  });

  it('is taken on trust while the database is away', async () => {
    const client = connect({ ...db.accesses.reader, url: 'http://127.0.0.1:9' }, { quiet: true });
    const { dashboards, faults: found } = await loadFolder({ folder, province: 'thu', client })();
    expect([...dashboards.boards.keys()]).toEqual(['thu']);
    expect(found).toEqual([]);
  });
});
