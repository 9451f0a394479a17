import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { livesOf, momentsOf } from './dossier-feed.ts';
import type { Life } from './dossier-life.ts';
import { dossierText, statusAt, stepText } from './dossier-text.ts';
import { localDay } from './local-time.ts';
import { local, testProvince } from './test-province.ts';
import { createWorld } from './world.ts';

const instant = z.string().regex(/^(20\d{12})?$/);
const RecordSchema = z.looseObject({
  MaHoSo: z.string().regex(/^H49(\.\d\d)+-\d{6}-\d{4,5}$/),
  MaTTHC: z.string(),
  TenTTHC: z.string(),
  MaLinhVuc: z.string(),
  KenhThucHien: z.enum(['1', '2', '3']),
  NgayNopHoSo: instant,
  NgayTiepNhan: instant,
  NgayHenTra: instant,
  NgayKetThucXuLy: instant,
  NgayTra: instant,
  NgayTuChoi: instant.optional(),
  TrangThaiHoSo: z.string().regex(/^([1-9]|10)$/),
  DonViXuLy: z.string().min(1),
  ChuHoSo: z.string().optional(),
  DanhSachHoSoBoSung: z
    .array(z.looseObject({ NgayBoSung: instant, NgayTiepNhanBoSung: instant, NgayHenTraMoi: instant }))
    .optional(),
});

const day = localDay(local('2026-03-02T12:00'));
const province = await testProvince({ per_working_day: 900 });
const lives = [...livesOf(createWorld(province, []).dossiers, day, day, local('2026-03-02T00:00'))];
const find = (is: (life: Life) => boolean): Life => {
  const life = lives.find(is);
  if (!life) throw new Error('no such dossier');
  return life;
};
const read = (life: Life, at: number) => RecordSchema.parse(JSON.parse(dossierText(life, at)));

describe('records of the national dossier format', () => {
  it('are valid at every moment of every dossier, and never tell what lies ahead', () => {
    for (const life of lives.slice(0, 200)) {
      for (const { at } of momentsOf(life)) {
        const record = read(life, at);
        const limit = new Date(at + 7 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14);
        for (const told of [record.NgayNopHoSo, record.NgayTiepNhan, record.NgayKetThucXuLy, record.NgayTra])
          expect(told <= limit).toBe(true);
        expect(record.TrangThaiHoSo).toBe(String(statusAt(life, at)));
      }
    }
  });

  it('write instants in local time', () => {
    const life = find(({ received_at }) => received_at !== undefined);
    const received = new Date((life.received_at ?? 0) + 7 * 3_600_000).toISOString();
    expect(read(life, Infinity).NgayTiepNhan).toBe(received.replace(/\D/g, '').slice(0, 14));
  });

  it('ask for a supplement without a new promise, and bring both when it is there', () => {
    const life = find(({ pause }) => pause?.status === 5);
    const asked = read(life, life.pause?.at ?? 0);
    expect(asked.TrangThaiHoSo).toBe('5');
    expect(asked.DanhSachHoSoBoSung).toMatchObject([{ NgayTiepNhanBoSung: '', NgayHenTraMoi: '' }]);
    const resumed = read(life, life.pause?.resumed_at ?? 0);
    expect(resumed.TrangThaiHoSo).toBe('4');
    expect(resumed.DanhSachHoSoBoSung?.[0]?.NgayHenTraMoi).toBe(resumed.NgayHenTra);
    expect(resumed.NgayHenTra > asked.NgayHenTra).toBe(true);
  });

  it('tell a payment by steps', () => {
    const life = find(({ pause }) => pause?.status === 6);
    const steps = life.steps.map((step) =>
      z.looseObject({ TrangThai: z.string() }).parse(JSON.parse(stepText(life, step))),
    );
    expect(steps.map(({ TrangThai }) => TrangThai)).toContain('6');
  });

  it('carry a few plainly invented applicants and no others', () => {
    const named = lives.map((life) => read(life, Infinity).ChuHoSo).filter((name) => name !== undefined);
    expect(named.length).toBeGreaterThan(0);
    expect(named.length).toBeLessThan(lives.length * 0.03);
    for (const name of named) expect(name).toMatch(/Mẫu|Ví Dụ|Giả Định|Thử Nghiệm/);
  });
});
