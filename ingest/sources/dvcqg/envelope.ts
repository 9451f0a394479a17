import { z } from 'zod';
import { RequestFault } from '../../errors.ts';
import { written } from './fields.ts';

/** The two services that are taken. */
export const SERVICES = ['DongBoHoSoMC', 'CapNhatTienDoHoSoMC'] as const;
export type Service = (typeof SERVICES)[number];

const truth = z
  .union([z.boolean(), z.number(), z.string()])
  .nullish()
  .transform((value) => {
    if (value === null || value === undefined || value === '') return undefined;
    return ['true', '1'].includes(String(value).toLowerCase());
  });
const service = z.enum(SERVICES).nullish();

/** Query parameters; adapters add others of their own, which are passed over. */
export const QuerySchema = z.object({
  service,
  /** The unit that sends. */
  MaDinhDanhDV: written(64),
  isUpdating: truth,
  /** The source, where the token stands for any. */
  source: z.string().min(1).max(256).default('dvcqg'),
});

const EnvelopeSchema = z.object({
  service,
  isUpdating: truth,
  madonvi: written(64),
  session: z.string().optional(),
  data: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]),
});

/** What a request says, whichever way it says it. */
export interface SentBatch {
  service: Service;
  /** False only when the sender says that these dossiers are new. */
  isUpdating: boolean;
  unit: string;
  session: string | undefined;
  elements: unknown[];
}

/** Reads the envelope, or a bare array with its query parameters. Throws a `RequestFault` with `IOC_BODY_SHAPE`. */
export function readBatch(body: unknown, query: z.output<typeof QuerySchema>): SentBatch {
  if (Array.isArray(body)) {
    const elements: unknown[] = body;
    return {
      service: query.service ?? guessService(elements),
      isUpdating: query.isUpdating ?? true,
      unit: query.MaDinhDanhDV,
      session: undefined,
      elements,
    };
  }
  const parsed = EnvelopeSchema.safeParse(body);
  if (!parsed.success)
    throw new RequestFault(
      'IOC_BODY_SHAPE',
      `send {"service", "isUpdating", "data": […]} or a bare array; service is one of ${SERVICES.join(', ')}`,
    );
  const { data, madonvi, session, ...said } = parsed.data;
  const elements = Array.isArray(data) ? data : [data];
  return {
    service: said.service ?? query.service ?? guessService(elements),
    isUpdating: said.isUpdating ?? query.isUpdating ?? true,
    unit: query.MaDinhDanhDV === '' ? madonvi : query.MaDinhDanhDV,
    session,
    elements,
  };
}

/** The service of elements that come without its name: a step has a moment of processing, a dossier has a status of its own. */
function guessService(elements: readonly unknown[]): Service {
  const first = elements.find((element) => typeof element === 'object' && element !== null) ?? {};
  const isStep = 'ThoiDiemXuLy' in first && !('TrangThaiHoSo' in first) && !('MaTTHC' in first);
  return isStep ? 'CapNhatTienDoHoSoMC' : 'DongBoHoSoMC';
}
