import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickhouseApplicantWriter } from '#ingest/clickhouse/applicant/applicants.ts';
import { connect } from '#ingest/clickhouse/client.ts';
import { startTestStore, type TestStore } from '#ingest/clickhouse/test-store.ts';
import { hashPassword } from '../../auth/password.ts';
import { createKeeper } from '../../auth/keeper.ts';
import { request } from '../../auth/test-request.ts';
import type { Role } from '../../auth/roles.ts';
import { startTestApp, type TestApp } from '../../test-app.ts';
import { dossierRow, insert } from '../../test-rows.ts';

const SECRET = 'secret-of-the-tests-of-applicants-1';
const PASSWORD = 'mat-khau-cua-nguoi';
const HOUR = 3_600_000;
const ID = 'H49.01-250102-0001';
const PERSON = { name: 'Người Nộp Thử', phone: '0900000001', email: 'thu@example.vn' };

describe('who handed a dossier in', () => {
  let store: TestStore;
  let kept: TestApp;
  let bare: TestApp;
  const cookies = new Map<string, string>();

  beforeAll(async () => {
    store = await startTestStore();
    const asKeeper = () => connect(store.accesses.keeper, { quiet: true });
    const auth = () => ({
      keeper: createKeeper({ client: asKeeper(), session_ms: 12 * HOUR, every_ms: 200 }),
      visitors: 'duty' as const,
    });
    kept = await startTestApp(store.accesses.reader, {
      auth: auth(),
      applicants: { client: asKeeper(), key: SECRET },
    });
    bare = await startTestApp(store.accesses.reader, { auth: auth() });
    const now = Date.now();
    await insert(
      store.writer,
      'dossier_event',
      ['H49.01', 'H49.02'].map((unit) =>
        dossierRow({
          ...{ dossier_id: `${unit}-250102-0001`, unit, unit_path: `/H49/${unit}/` },
          ...{ observed_at: now - HOUR, received_at: now - HOUR, status: 2 },
        }),
      ),
    );
    const writer = clickhouseApplicantWriter(store.writer, SECRET);
    const place = { unit_path: '/H49/H49.01/', dossier_id: ID };
    await writer.keep([{ ...place, ...PERSON, name: 'Tên cũ', received_at: now - 2 * HOUR }]);
    await writer.keep([{ ...place, ...PERSON, received_at: now - HOUR }]);
    const made = async (name: string, role: Role, unit: string | null) => {
      const hash = await hashPassword(PASSWORD);
      const data = { name, shown: name, role, unit, hash, demo: false, external: false };
      await kept.app.keeper?.keep([{ type: 'account.made', subject: randomUUID(), actor: 'tests', data }]);
      const { cookie } = await request(kept.url, 'POST', '/api/session', { body: { name, password: PASSWORD } });
      cookies.set(name, cookie ?? '');
    };
    await made('duty', 'duty', null);
    await made('leader', 'leader', null);
    await made('centre', 'centre', 'H49.01');
    await made('other', 'centre', 'H49.02');
  });
  afterAll(async () => {
    await kept.close();
    await bare.close();
    await store.close();
  });

  const look = (who: string, id = ID, app = kept) =>
    request(app.url, 'GET', `/api/dossiers/${id}/applicant`, { cookie: cookies.get(who) });

  it('is told to those who act on it, the newest word', async () => {
    for (const who of ['duty', 'centre']) {
      expect(await look(who)).toMatchObject({ status: 200, body: PERSON });
      const detail = await request(kept.url, 'GET', `/api/dossiers/${ID}`, { cookie: cookies.get(who) });
      expect(detail.body).toMatchObject({ may_see_applicant: true });
      expect(JSON.stringify(detail.body)).not.toContain(PERSON.phone);
    }
  });

  it('is not told to those who look only, to nobody known, nor to another unit', async () => {
    expect(await look('leader')).toMatchObject({ status: 403 });
    expect(await look('nobody')).toMatchObject({ status: 403 });
    expect(await look('other')).toMatchObject({ status: 404, code: 'IOC_DOSSIER_UNKNOWN' });
    expect(await look('other', 'H49.01-250102-9999')).toMatchObject({ status: 404, code: 'IOC_DOSSIER_UNKNOWN' });
    const detail = await request(kept.url, 'GET', `/api/dossiers/${ID}`, { cookie: cookies.get('leader') });
    expect(detail.body).toMatchObject({ may_see_applicant: false });
  });

  it('is not there where none was told, and nowhere without the secret', async () => {
    expect(await look('duty', 'H49.02-250102-0001')).toMatchObject({ status: 404, code: 'IOC_NOT_FOUND' });
    expect(await look('duty', ID, bare)).toMatchObject({ status: 404, code: 'IOC_NOT_FOUND' });
  });

  it('cannot be named by a panel, nor read by those who write it', async () => {
    for (const client of [store.reader, store.writer])
      await expect(client.query({ query: 'SELECT * FROM personal.applicant' })).rejects.toThrow();
  });
});
