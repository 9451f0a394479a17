import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { ImportMappingSchema } from './import-mapping.ts';

const mapping = {
  name: { vi: 'Thử', en: 'Test' },
  source: 'thu',
  dates: ['dd/MM/yyyy'],
  columns: { dossier_id: ['Mã hồ sơ'], accepted_at: ['Ngày tiếp nhận'] },
  codes: {},
};
const faults = (more: object) =>
  ImportMappingSchema.safeParse({ ...mapping, ...more }).error?.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('a mapping of columns', () => {
  it('needs a dossier number and a date, and no more', () => {
    expect(ImportMappingSchema.parse(mapping)).toMatchObject({ due_time: '23:59:59', personal: [] });
    expect(faults({ columns: { accepted_at: ['a'] } })).toEqual(['columns: names no column for dossier_id']);
    expect(faults({ columns: { dossier_id: ['a'], due_at: ['b'] } })?.[0]).toContain('when anything happened');
  });

  it('gives each name and each word one meaning, however it is spelled', () => {
    const columns = { ...mapping.columns, due_at: ['NGAY TIEP  NHAN'] };
    expect(faults({ columns })?.[0]).toMatch(/^columns\..*stands for (accepted_at|due_at) already$/);
    expect(faults({ personal: ['mã hồ-sơ'] })?.[0]).toMatch(/stands for dossier_id already/);
    const status = { '2': ['Đã nhận'], '4': ['da nhan'] };
    expect(faults({ codes: { status } })?.[0]).toMatch(/codes\.status\.4\.0: "da nhan" stands for code 2 already/);
    expect(faults({ codes: { status: { '11': ['x'] } } })?.[0]).toContain('codes.status.11');
    expect(faults({ columns: { ...mapping.columns, due_at: ['…'] } })?.[0]).toContain('neither letter nor digit');
  });

  it.each([
    ['Ngày hẹn trả (dự kiến)', 'ngay hen tra du kien'],
    ['NGÀY_HẸN-TRẢ'.normalize('NFD'), 'ngay hen tra'],
    ['  Đơn vị\n xử lý: ', 'don vi xu ly'],
  ])('reads %j as %s', (text, folded) => expect(foldText(text)).toBe(folded));
});
