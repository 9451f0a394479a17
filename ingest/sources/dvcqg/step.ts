import { hash } from 'node:crypto';
import { z } from 'zod';
import { code, dossierNumber, moment, written } from './fields.ts';

/**
 * A processing step as `CapNhatTienDoHoSoMC` sends it. The officer and the wording are personal: they are read only into `said`, a digest that tells two steps of the
 * same second apart, and are then gone.
 */
export const StepSchema = z
  .object({
    MaHoSo: dossierNumber,
    ThoiDiemXuLy: moment.transform((at, context) => {
      if (at !== null) return at;
      context.addIssue({ code: 'custom', message: 'is missing' });
      return z.NEVER;
    }),
    TrangThai: code(1, 10),
    PhongBanXuLy: written(200),
    NguoiXuLy: written(1_000),
    ChucDanh: written(1_000),
    NoiDungXuLy: written(4_000),
  })
  .transform(({ NguoiXuLy, ChucDanh, NoiDungXuLy, ...step }) => ({
    ...step,
    said: hash('md5', [step.PhongBanXuLy, NguoiXuLy, ChucDanh, NoiDungXuLy].join('\0')).slice(0, 12),
  }));
export type SentStep = z.output<typeof StepSchema>;
