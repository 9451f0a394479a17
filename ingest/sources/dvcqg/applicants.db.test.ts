import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickhouseApplicantReader } from '../../clickhouse/applicant/applicants.ts';
import { connect } from '../../clickhouse/client.ts';
import { startTestIngest, type TestIngest } from '../../test-ingest.ts';

const SECRET = 'secret-of-the-tests-of-applicants-1';
const NAME = 'Trần Thị Kín Đáo';
const PHONE = '0987000111';
const PAPER = '022099000111';
const sent = (number: string, name = NAME) =>
  JSON.stringify({
    service: 'DongBoHoSoMC',
    isUpdating: 'True',
    data: [
      {
        ...{ MaHoSo: `000.00.02.H49-231027-${number}`, NgayTiepNhan: '20231027103000', TrangThaiHoSo: '2' },
        ...{ ChuHoSo: name, SoDienThoai: PHONE, SoGiayToChuHoSo: PAPER },
      },
    ],
  });

/** Files of a folder that hold one of the texts. */
async function filesWith(folder: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0));
    if (texts.some((text) => bytes.includes(text))) found.push(entry.name);
  }
  return found;
}

describe.each([
  ['by default', undefined, 0],
  ['where it is told to', SECRET, 2],
])('applicants, %s', (_, personal_key, rows) => {
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startTestIngest({ personal_key });
    for (const number of ['0001', '0001', '0002'])
      expect(await ingest.post('/v1/dvcqg', sent(number))).toMatchObject({ status: 200 });
  });
  afterAll(() => ingest.close());

  it(`are kept of ${rows} dossiers, and nothing of them stands anywhere in the clear`, async () => {
    expect(await ingest.count('SELECT uniqExact(unit_path, dossier_id) FROM personal.applicant')).toBe(rows);
    await ingest.store.owner.command({ query: 'SYSTEM FLUSH LOGS' }).catch(() => undefined);
    expect(await filesWith(ingest.store.folder, [NAME, PHONE, PAPER])).toEqual([]);
  });

  it.skipIf(personal_key === undefined)(
    'are opened with the same secret alone, without the number of a paper',
    async () => {
      const client = connect(ingest.store.accesses.keeper);
      const place = { unit_path: '/H49/H49.02/', dossier_id: '000.00.02.H49-231027-0001' };
      expect(await clickhouseApplicantReader(client, SECRET).find(place)).toEqual({
        name: NAME,
        phone: PHONE,
        email: '',
      });
      expect(await clickhouseApplicantReader(client, `${SECRET}x`).find(place)).toBeUndefined();
      await client.close();
    },
  );
});
