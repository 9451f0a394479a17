import { afterEach, describe, expect, it, vi } from 'vitest';
import type { VueWrapper } from '@vue/test-utils';
import { useSession } from '../session/use-session.ts';
import { answerRequests, mountAt, settle } from '../test-mount.ts';
import ImportPage from './ImportPage.vue';

const MAPPINGS = [{ id: 'mot-cua', name: { vi: 'Một cửa', en: 'One stop' }, columns: { dossier_id: ['Mã hồ sơ'] } }];
const fault = { row: 3, column: 'Ngày nhận', value: '31/02/2023', code: 'IOC_ROW_FIELD', reason: 'is no moment' };
const PREVIEW = {
  columns: [
    { column: 'Mã hồ sơ', field: 'dossier_id' },
    { column: 'Ngày nhận', field: 'accepted_at' },
  ],
  unused: [
    { column: 'Cột lạ', personal: false },
    { column: 'Chủ hồ sơ', personal: true },
  ],
  ...{ rows: 2, rejected: 1, errors: [fault], warnings: [] },
  first: [
    { row: 2, values: { dossier_id: 'A-1', accepted_at: '20231027103000' }, unit_path: '/H49/H49.12/', errors: [] },
    { row: 3, values: { dossier_id: 'A-2' }, unit_path: null, errors: [fault] },
  ],
};
const IMPORTED = { accepted: 1, duplicate: 0, rejected: 1, errors: [fault], warnings: [] };

/** The page as a duty officer sees it, or somebody who may not import. */
async function open(may_import: boolean, replies: Record<string, unknown> = {}) {
  const asked = answerRequests({ '/api/imports/mappings': MAPPINGS, ...replies });
  const { page } = await mountAt(ImportPage, { path: '/import' });
  useSession().enter({
    ...{ kind: 'account', actor: 'Trực ban', role: may_import ? 'duty' : 'centre', unit: 'H49' },
    ...{ may_act: true, may_import, may_edit: may_import, may_administer: false, has_password: true },
  });
  await settle();
  return { page, asked };
}
async function choose(page: VueWrapper): Promise<void> {
  const input = page.get<HTMLInputElement>('[data-file]');
  Object.defineProperty(input.element, 'files', { value: [new File(['x'], 'thang 10.csv')] });
  await input.trigger('change');
  await settle();
}

describe('the page of imports', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('shows what a file would bring, row by row, and what is wrong with it in words', async () => {
    const { page, asked } = await open(true, { '/api/imports': PREVIEW });
    await choose(page);
    expect(asked.at(-1)).toBe('/api/imports?name=thang+10.csv&mapping=mot-cua&preview=1');
    expect(page.get('[data-preview]').text()).toContain('1 dòng đọc được');
    expect(page.get('[data-row="2"]').text()).toMatch(/2\s*Vân Đồn\s*A-1\s*27\/10\/2023 10:30:00/);
    expect(page.get('[data-row="3"]').text()).toContain('31/02/2023');
    expect(page.get('[data-unused]').text()).toContain('Cột lạ');
    expect(page.get('[data-faults]').text()).toContain('Không đọc được ngày giờ');
    expect(page.text()).not.toContain('is no moment');
    page.unmount();
  });

  it('brings it in once it is told to, and says what became of it', async () => {
    const { page, asked } = await open(true, { '/api/imports': PREVIEW });
    await choose(page);
    answerRequests({ '/api/imports': IMPORTED });
    await page.get('[data-bring]').trigger('click');
    await settle();
    expect(asked.filter((url) => url.includes('preview')).length).toBe(1);
    expect(page.get('[data-imported]').text()).toContain('1 dòng được nhận · 0 dòng đã có từ trước · 1 dòng bị loại');
    expect(page.find('[data-report]').exists()).toBe(true);
    expect(page.find('[data-bring]').exists()).toBe(false);
    page.unmount();
  });

  it('tells those who may not that they may not, and asks nothing', async () => {
    const { page, asked } = await open(false);
    expect(page.text()).toContain('Chỉ trực ban và quản trị viên');
    expect(page.find('[data-file]').exists()).toBe(false);
    expect(asked.some((url) => url.includes('imports'))).toBe(false);
    page.unmount();
  });
});
