import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '#ingest/clickhouse/client.ts';
import { startEngine } from '#ingest/clickhouse/engine/engine.ts';
import { migrate } from '#ingest/clickhouse/migrate.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import type { Dashboards } from '#dashboards/dashboards.ts';
import type { FileFault } from '#dashboards/schema/fault.ts';
import type { Cell, Diff, Pulse, Snapshot } from '../contract.ts';
import { startTestApp, type TestApp, type TestSocket } from '../test-app.ts';
import { testBoard, testDashboards, testQuery } from '../test-boards.ts';
import { dossierRow, insert } from '../test-rows.ts';
import { apply } from './diff.ts';

/** A viewer as the web is one: keeps rows by key, and asks again when it sees a gap. */
class TestViewer {
  readonly results = new Map<string, Snapshot>();
  readonly changed: string[] = [];
  pulses: Pulse[] = [];
  keys: Record<string, string> = {};
  readonly socket: TestSocket;

  constructor(socket: TestSocket) {
    this.socket = socket;
    socket.on('key:snapshot', (snapshot) => this.take(snapshot));
    socket.on('key:diff', (diff) => this.change(diff));
    socket.on('pulse', (pulse) => this.pulses.push(pulse));
  }

  async watch(board = 'thu', unit?: string): Promise<void> {
    const reply = await this.socket.emitWithAck('board:watch', { board, unit });
    if (!reply.ok) throw new Error(reply.failure.code);
    for (const snapshot of reply.value.snapshots) this.results.set(snapshot.key, snapshot);
    this.pulses.push(reply.value.pulse);
    this.keys = Object.fromEntries(
      Object.entries(reply.value.board.keys).map(([panel, keys]) => [panel, Object.values(keys)[0] ?? '']),
    );
  }

  rows(panel: string): Cell[][] | undefined {
    return this.results.get(this.keys[panel] ?? '')?.rows;
  }

  private take(snapshot: Snapshot): void {
    this.changed.push(snapshot.key);
    this.results.set(snapshot.key, snapshot);
  }

  private change(diff: Diff): void {
    const held = this.results.get(diff.key);
    if (held?.seq !== diff.seq - 1) throw new Error(`a gap in ${diff.key}`);
    this.take({ ...held, ...diff, rows: apply(held.rows, diff) });
  }
}

/** Waits until something holds, and returns how long that took (ms). */
async function until(holds: () => boolean, limit_ms = 5_000): Promise<number> {
  const began = performance.now();
  while (!holds()) {
    if (performance.now() - began > limit_ms) throw new Error('it did not come about');
    await sleep(5);
  }
  return performance.now() - began;
}

const event = (n: number, unit = 'H49.01') =>
  dossierRow({
    observed_at: Date.now(),
    dossier_id: `${unit}-250101-${String(n).padStart(4, '0')}`,
    unit_path: `/H49/${unit}/`,
  });

describe('live path', () => {
  let db: TestStore;
  let api: TestApp;
  let served: { dashboards: Dashboards; faults: FileFault[] };
  beforeAll(async () => {
    db = await startTestStore();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    for (const table of ['log.dossier_event', 'live.dossier_row', 'live.source_state'])
      await db.owner.command({ query: `TRUNCATE TABLE ${table}` });
    served = { dashboards: testDashboards(), faults: [] };
    api = await startTestApp(db.accesses.reader, { load: () => Promise.resolve(served) });
  });
  afterEach(async () => {
    await api.close();
  });
  const viewer = async () => new TestViewer(await api.open());
  const queries = async () => {
    const { values } = await api.app.metrics.queries.get();
    return values.filter(({ metricName }) => metricName?.endsWith('_count')).reduce((sum, { value }) => sum + value, 0);
  };

  it('brings an event to an open board within a second, and only to the panels it concerns', async () => {
    const one = await viewer();
    await one.watch();
    expect(one.rows('dossiers')).toEqual([[0]]);
    await insert(db.writer, 'dossier_event', [event(1)]);
    expect(await until(() => one.rows('dossiers')?.[0]?.[0] === 1 && one.rows('feed')?.length === 1)).toBeLessThan(
      1_000,
    );
    expect(one.changed).not.toContain(one.keys.links);
    await until(() => one.pulses.at(-1)?.sources.length === 1);
    expect(one.pulses.at(-1)?.sources[0]).toMatchObject({ family: 'dossier', source: 'mot-cua', simulated: false });
  });

  it('asks the database as often for fifty viewers as for one', async () => {
    const during = async (): Promise<number> => {
      const before = await queries();
      for (let n = 0; n < 20; n += 1) {
        await insert(db.writer, 'dossier_event', [event(Math.floor(Math.random() * 9999))]);
        await sleep(100);
      }
      return (await queries()) - before;
    };
    const one = await viewer();
    await one.watch();
    const alone = await during();
    const others = await Promise.all(Array.from({ length: 49 }, viewer));
    await Promise.all(others.map((other) => other.watch()));
    const together = await during();
    expect(together).toBeLessThanOrEqual(alone * 1.25 + 2);
    await sleep(800);
    for (const other of others) expect(other.rows('dossiers')).toEqual(one.rows('dossiers'));
  });

  it('asks nothing while nobody looks', async () => {
    await sleep(300);
    const before = await queries();
    await sleep(800);
    expect(await queries()).toBe(before);
  });

  it('shows a unit its own figures only, and refuses one that is not there', async () => {
    await insert(db.writer, 'dossier_event', [event(1), event(2), event(3, 'H49.02')]);
    const [province, district] = [await viewer(), await viewer()];
    await province.watch();
    await district.watch('thu', 'H49.02');
    expect(province.rows('dossiers')).toEqual([[3]]);
    expect(district.rows('dossiers')).toEqual([[1]]);
    await insert(db.writer, 'dossier_event', [event(4)]);
    await until(() => province.rows('dossiers')?.[0]?.[0] === 4);
    await sleep(300);
    expect(district.changed).toEqual([]);
    await expect(district.watch('thu', 'H49.99')).rejects.toThrow('IOC_UNIT_UNKNOWN');
    await expect(district.watch('khong-co')).rejects.toThrow('IOC_BOARD_UNKNOWN');
  });

  it('gives snapshots of followed keys, and of no others', async () => {
    const [one, other] = [await viewer(), await viewer()];
    await one.watch();
    await other.watch('thu', 'H49.02');
    const ask = (keys: string[]) => one.socket.emitWithAck('key:snapshot', { keys });
    expect(await ask([one.keys.dossiers ?? ''])).toMatchObject({ ok: true, value: [{ rows: [[0]] }] });
    expect(await ask([other.keys.dossiers ?? '', 'x'])).toEqual({ ok: true, value: [] });
  });

  it('answers a request of the wrong form with a failure, and lives on', async () => {
    const one = await viewer();
    for (const request of [undefined, null, 5, {}, { board: 5 }, { board: 'thu', more: 1 }, { board: 'x'.repeat(100) }])
      // what a page sends is not bound by the types
      expect(await one.socket.emitWithAck('board:watch', JSON.parse(JSON.stringify(request ?? null)))).toMatchObject({
        ok: false,
        failure: { code: 'IOC_BAD_REQUEST' },
      });
    await one.watch();
  });

  it('refuses a page of another origin', async () => {
    const status = async (origin?: string) =>
      (await fetch(`${api.url}/socket.io/?EIO=4&transport=polling`, { headers: origin ? { origin } : {} })).status;
    expect(await status()).toBe(200);
    expect(await status(api.url)).toBe(200);
    expect(await status('http://somewhere.example')).toBe(403);
    expect(await status('null')).toBe(403);
  });

  it('moves open boards to a changed file: new snapshots for the changed panel, nothing for the others', async () => {
    const one = await viewer();
    await one.watch();
    const change = new Promise<{ keys: Record<string, { main?: string }>; snapshots: Snapshot[] }>((done) =>
      one.socket.once('board:changed', ({ board, snapshots }) => done({ keys: board.keys, snapshots })),
    );
    const edited = testQuery('links', 'SELECT count() + 100 AS value FROM link', ['link'], {
      description: 'edited',
      rows: { value: { type: 'number' } },
    });
    served = {
      ...served,
      dashboards: { ...served.dashboards, queries: new Map([...served.dashboards.queries, ['links', edited]]) },
    };
    await api.app.book.reload();
    const { keys, snapshots } = await change;
    expect(snapshots.map(({ rows }) => rows)).toEqual([[[100]]]);
    expect(keys.dossiers?.main).toBe(one.keys.dossiers);
    expect(keys.links?.main).not.toBe(one.keys.links);
    await sleep(300);
    expect(one.changed).toEqual([]);
  });

  it('leaves boards alone that another file belongs to', async () => {
    served = {
      ...served,
      dashboards: {
        ...served.dashboards,
        boards: new Map([...served.dashboards.boards, ['khac', testBoard(['links'], false)]]),
      },
    };
    await api.app.book.reload();
    const [one, other] = [await viewer(), await viewer()];
    await one.watch('thu');
    await other.watch('khac');
    const heard: string[] = [];
    one.socket.on('board:changed', ({ board }) => heard.push(board.id));
    other.socket.on('board:changed', ({ board }) => heard.push(board.id));
    served = {
      ...served,
      dashboards: {
        ...served.dashboards,
        boards: new Map([...served.dashboards.boards, ['khac', testBoard(['dossiers'], false)]]),
      },
    };
    await api.app.book.reload();
    await until(() => heard.length > 0);
    await sleep(200);
    expect(heard).toEqual(['khac']);
  });

  it('goes on showing a board whose file was removed, and says so', async () => {
    const one = await viewer();
    await one.watch();
    const told = new Promise<FileFault[]>((done) => one.socket.once('board:fault', done));
    served = {
      ...served,
      dashboards: { ...served.dashboards, boards: new Map([['khac', testBoard(['links'], false)]]) },
    };
    await api.app.book.reload();
    expect(await told).toMatchObject([{ file: 'boards/thu.yaml', message: expect.stringContaining('removed') }]);
    await insert(db.writer, 'dossier_event', [event(1)]);
    await until(() => one.rows('dossiers')?.[0]?.[0] === 1);
    await expect((await viewer()).watch()).rejects.toThrow('IOC_BOARD_UNKNOWN');
  });

  it('tells of a broken file, keeps serving the last good one, and tells when it is mended', async () => {
    const one = await viewer();
    await one.watch();
    const heard: FileFault[][] = [];
    one.socket.on('board:fault', (faults) => heard.push(faults));
    const fault = { file: 'queries/dossiers.sql', line: 3, column: 7, path: '', message: 'unknown column' };
    served = { ...served, faults: [fault, { ...fault, file: 'queries/unused.sql' }] };
    await api.app.book.reload();
    await until(() => heard.length === 1);
    expect(heard[0]).toEqual([fault]);
    expect(await (await fetch(`${api.url}/api/faults`)).json()).toHaveLength(2);
    expect(await (await fetch(`${api.url}/api/boards`)).json()).toMatchObject([{ id: 'thu', fault: [fault] }]);
    const late = await viewer();
    const told = new Promise((done) => late.socket.once('board:fault', done));
    await late.watch();
    expect(await told).toEqual([fault]);
    served = { ...served, faults: [] };
    await api.app.book.reload();
    await until(() => heard.length === 2);
    expect(heard[1]).toEqual([]);
  });
});

describe('live path while the database is away', () => {
  it('keeps the last good rows, says so, and is right again when it is back', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'toan-canh-outage-'));
    let engine = await startEngine({ folder, output: 'ignore' });
    const owner = connect(engine.accesses.owner);
    await migrate(owner);
    const writer = connect(engine.accesses.writer);
    const api = await startTestApp(engine.accesses.reader);
    try {
      await insert(writer, 'dossier_event', [event(1)]);
      const one = new TestViewer(await api.open());
      await one.watch();
      expect(one.rows('dossiers')).toEqual([[1]]);

      engine.process.kill('SIGKILL');
      await until(() => one.pulses.at(-1)?.failure?.code === 'IOC_STORE_AWAY');
      expect(one.rows('dossiers')).toEqual([[1]]);
      const late = new TestViewer(await api.open());
      await late.watch('thu', 'H49.01');
      expect(late.results.get(late.keys.dossiers ?? '')).toMatchObject({
        rows: [],
        failure: { code: 'IOC_STORE_AWAY' },
      });
      expect((await fetch(`${api.url}/api/ready`)).status).toBe(503);
      expect((await fetch(`${api.url}/api/health`)).status).toBe(200);

      engine = await startEngine({ folder, http_port: engine.http_port, output: 'ignore' });
      await insert(writer, 'dossier_event', [event(2)]);
      await until(() => one.pulses.at(-1)?.failure === null, 10_000);
      await until(() => one.rows('dossiers')?.[0]?.[0] === 2 && late.rows('dossiers')?.[0]?.[0] === 2, 10_000);
      for (const { failure } of [...one.results.values(), ...late.results.values()]) expect(failure).toBeNull();
      expect((await fetch(`${api.url}/api/ready`)).status).toBe(200);
    } finally {
      await api.close();
      await Promise.all([owner.close(), writer.close()]);
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
