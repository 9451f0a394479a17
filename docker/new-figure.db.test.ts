import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Cell, ResolvedBoard, Snapshot } from '#api/contract.ts';
import { loadFolder } from '#api/boards/load-folder.ts';
import { startTestApp, type TestApp, type TestSocket } from '#api/test-app.ts';
import { checkEverything } from '#dashboards/load/check-everything.ts';
import { createLoader, loadDashboards } from '#dashboards/load.ts';
import { FOLDERS } from '#dashboards/load/read-folder.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import { SystemSchema } from '#dashboards/schema/system.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestCollector, type TestCollector } from '#ingest/collect/test-collector.ts';
import { FolderFeedSchema } from '#ingest/schema/feed.ts';
import { createFolderSource } from '#ingest/sources/folder/source.ts';
import { startTestIngest, TEST_TOKEN, type TestIngest } from '#ingest/test-ingest.ts';
import { startExampleBench } from './system-example.ts';

const SHIPPED = join(import.meta.dirname, '..', 'dashboards');
const PROVINCE = 'quang-ninh-2019';
const BOARD = 'boards/ho-chua.yaml';
const SOURCES = `sources/${PROVINCE}.yaml`;
const FILES = ['measures/reservoir.yaml', 'metrics/reservoir-filled.yaml', 'feeds/ho-chua.yaml'];
const blocks = blocksOf(await readFile(join(SHIPPED, 'new-figure.md'), 'utf8'));

let folder: string;
let ingest: TestIngest;
let collector: TestCollector | undefined;
let api: TestApp;
let socket: TestSocket;
/** What the wall shows: the rows of each key, as they come. */
const shown = new Map<string, Pick<Snapshot, 'columns' | 'rows'>>();
let board: ResolvedBoard;
let faults: FileFault[] = [];

/** The fenced blocks of a page, in their order. */
function blocksOf(page: string): { language: string; text: string }[] {
  return [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({ language, text }));
}

/** The block of a language that begins with a line. Throws when the page has none. */
function block(language: string, head = ''): string {
  const found = blocks.find((one) => one.language === language && one.text.startsWith(head));
  if (!found) throw new Error(`the page has no ${language} block ${head}`);
  return found.text;
}

/** Saves a file of the page as editors do. */
async function save(file: string, change = (text: string) => text): Promise<void> {
  await write(file, change(block('yaml', `# ${file}\n`)));
}

/** Adds what the page adds to the end of a file, to what was there before. */
async function extend(file: string): Promise<void> {
  const own = blocks.find(({ text }) => text.startsWith(`# ${file}\n`))?.text;
  const before = own ?? (await readFile(join(SHIPPED, file), 'utf8'));
  await write(file, before + block('yaml', `# at the end of ${file}\n`));
}

async function write(file: string, text: string): Promise<void> {
  const path = join(folder, file);
  await writeFile(`${path}~`, text);
  await rename(`${path}~`, path);
}

/** A cell of a panel as the wall has it now; undefined until it is there. */
function cell(panel: string, column: string, where: Record<string, Cell> = {}): Cell | undefined {
  const { columns = [], rows = [] } = shown.get(board.keys[panel]?.main ?? '') ?? {};
  const row = rows.find((one) => Object.entries(where).every(([name, is]) => one[columns.indexOf(name)] === is));
  return row?.[columns.indexOf(column)];
}

const keep = (snapshots: readonly Snapshot[]) => {
  for (const { key, columns, rows } of snapshots) shown.set(key, { columns, rows });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toan-canh-new-figure-'));
  // folders of which nothing ships are not there
  const parts = (await readdir(SHIPPED)).filter((part) => part in FOLDERS);
  for (const part of parts) await cp(join(SHIPPED, part), join(folder, part), { recursive: true });
  const { dashboards } = await loadDashboards({ folder, province: PROVINCE });
  const units = dashboards?.province.units;
  if (!units) throw new Error('the shipped province is served');
  ingest = await startTestIngest({ units });
  const client = connect(ingest.store.accesses.reader, { quiet: true });
  api = await startTestApp(ingest.store.accesses.reader, {
    load: loadFolder({ folder, province: PROVINCE, client }),
    ...{ folder, watch: true },
  });
  socket = await api.open();
  socket.on('key:snapshot', (snapshot) => keep([snapshot]));
  socket.on('key:diff', ({ key, length, set }) => {
    const { columns = [], rows = [] } = shown.get(key) ?? {};
    for (const [index, row] of set) rows[index] = row;
    shown.set(key, { columns, rows: rows.slice(0, length) });
  });
  socket.on('board:changed', (change) => {
    board = change.board;
    keep(change.snapshots);
  });
  socket.on('board:fault', (found) => (faults = found));
  collector = undefined;
});
afterAll(async () => {
  await collector?.close();
  await api.close();
  await ingest.close();
  await rm(folder, { recursive: true, force: true });
});

it('is on the wall by files alone, from the feed to the panel, while everything runs', async () => {
  for (const file of [...FILES, BOARD]) await save(file);
  await extend(SOURCES);
  await expect.poll(watchBoard, { timeout: 20_000 }).toBe(true);
  expect(cell('fullest', 'value')).toBeNull();

  // 5: what is typed in a shell
  const typed = block('sh').replace('localhost:8081', new URL(ingest.url).host);
  await promisify(execFile)('bash', ['-c', typed], { env: { ...process.env, TOKEN: TEST_TOKEN } });
  await expect.poll(() => cell('fullest', 'value'), { timeout: 20_000 }).toBe(71.5);
  expect(cell('fullest', 'note')).toBe('Yên Trung');

  // 5: the file of the company, at an hour that is today's
  await dropFile();
  await expect.poll(() => cell('fullest', 'value'), { timeout: 20_000 }).toBe(93.5);
  expect(cell('fullest', 'note')).toBe('Tràng Vinh');

  // 4: a slip leaves what hangs, and says what the page says
  await save(BOARD, (text) => text.replace('pick: max', 'pick: most'));
  const said = ({ file, line, column, path, message }: FileFault) => `${file}:${line}:${column} ${path}: ${message}\n`;
  await expect.poll(() => faults.map(said), { timeout: 20_000 }).toEqual([block('text')]);
  expect(cell('fullest', 'value')).toBe(93.5);
  await save(BOARD);
  await expect.poll(() => faults, { timeout: 20_000 }).toEqual([]);

  // 6: one panel more comes to the open wall
  await extend(BOARD);
  await expect.poll(() => cell('units', 'value', { label: 'H49.04' }), { timeout: 20_000 }).toBe(72);
  expect(cell('units', 'value', { label: 'H49.02' })).toBe(93.5);
  expect(cell('units', 'value', { label: 'H49.08' })).toBeUndefined();
});

async function watchBoard(): Promise<boolean> {
  const reply = await socket.emitWithAck('board:watch', { board: 'ho-chua' });
  if (!reply.ok) return false;
  board = reply.value.board;
  keep(reply.value.snapshots);
  return true;
}

/** Starts a collector with the feed of the page, and gives it the file. */
async function dropFile(): Promise<void> {
  const drops = join(folder, 'drops');
  await mkdir(drops);
  const written: unknown = parse(block('yaml', '# feeds/ho-chua.yaml\n'));
  const feed = { ...FolderFeedSchema.parse(written), enabled: true, path: drops, settle_s: 0.1 };
  const source = createFolderSource({
    feeds: new Map([['ho-chua', feed]]),
    log: pino({ level: 'silent' }),
    onFault: () => undefined,
  });
  const { dashboards } = await createLoader({ folder, province: PROVINCE })();
  collector = await startTestCollector(ingest.store, [source], { units: dashboards?.province.units });
  const hour = new Intl.DateTimeFormat('vi-VN', {
    ...{ timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23' },
    ...{ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  });
  const parts = new Map(hour.formatToParts(Date.now() - 60_000).map(({ type, value }) => [type, value]));
  const now = `${parts.get('day')}/${parts.get('month')}/${parts.get('year')} ${parts.get('hour')}:${parts.get('minute')}`;
  await writeFile(join(drops, 'ho-chua.csv~'), block('csv').replaceAll('23/11/2026 06:00', now));
  await rename(join(drops, 'ho-chua.csv~'), join(drops, 'ho-chua.csv'));
}

it('has its row in the catalogue: nothing is wrong with any file, and the example shows what it says', async () => {
  for (const file of [...FILES, 'systems/55-ho-chua.yaml']) await save(file);
  for (const file of [SOURCES, BOARD]) await extend(file);
  expect((await checkEverything({ folder })).faults).toEqual([]);
  const { dashboards } = await loadDashboards({ folder, province: PROVINCE });
  if (!dashboards) throw new Error('the shipped province is served');
  const bench = await startExampleBench(dashboards);
  try {
    const cells = await bench.run(SystemSchema.parse(parse(block('yaml', '# systems/55-ho-chua.yaml\n'))));
    expect(cells.map(({ live, history }) => ({ live, history }))).toEqual(
      cells.map(({ is }) => ({ live: is, history: is })),
    );
  } finally {
    await bench.close();
  }
});
