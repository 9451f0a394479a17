import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { dossierRow, insert } from '../test-rows.ts';
import { startAuditor, type Auditor } from './auditor.ts';

describe('the audit', () => {
  let db: TestStore;
  let auditor: Auditor;
  beforeAll(async () => {
    db = await startTestStore();
    const event = (dossier_id: string, unit_path: string) =>
      dossierRow({ observed_at: Date.parse('2025-02-03T02:00:00Z'), dossier_id, unit_path });
    await insert(db.writer, 'dossier_event', [
      event('H49.01-250203-0001', '/H49/H49.01/'),
      event('H49.02-250203-0001', '/H49/H49.02/'),
    ]);
    auditor = startAuditor({
      client: db.reader,
      clock: Date.now,
      pace: { first_ms: 0, rest_factor: 0, longest_rest_ms: 0, pause_ms: 0 },
      settle_ms: 0,
    });
  });
  afterAll(async () => {
    await auditor.stop();
    await db.close();
  });
  const rounds = async (more: number) => {
    const { rounds: before } = auditor.state();
    await vi.waitUntil(() => auditor.state().rounds >= before + more, { timeout: 20_000 });
  };

  it('compares every bucket, round after round, and finds nothing where nothing differs', async () => {
    await rounds(2);
    expect(auditor.state()).toMatchObject({ buckets: 2, differences: [], is_failing: false });
    expect(auditor.state().compared_at).toBeGreaterThan(0);
  });

  it('finds a dossier that live tells otherwise, and forgets it once that is mended', async () => {
    const wrong = `SELECT * REPLACE (events + 1 AS events, 'x' AS handler) FROM live.dossier_row FINAL WHERE unit_path = '/H49/H49.02/'`;
    await db.owner.command({ query: `INSERT INTO live.dossier_row ${wrong}` });
    await rounds(2);
    const { differences } = auditor.state();
    expect(differences.map(({ unit_path, relation }) => [unit_path, relation])).toContainEqual([
      '/H49/H49.02/',
      'dossier',
    ]);
    expect(differences.every(({ unit_path }) => unit_path === '/H49/H49.02/')).toBe(true);

    await db.owner.command({ query: 'TRUNCATE TABLE live.dossier_row' });
    await db.owner.command({ query: 'TRUNCATE TABLE live.dossier_open_row' });
    await db.owner.command({ query: 'TRUNCATE TABLE live.dossier_lately_row' });
    await db.owner.command({ query: 'INSERT INTO live.dossier_row SELECT *, now64(3) FROM history.dossier' });
    await rounds(2);
    expect(auditor.state().differences).toEqual([]);
  });
});
