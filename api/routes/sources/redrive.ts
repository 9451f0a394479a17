import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Redriven } from '#ingest/schema/redrive.ts';
import type { Redrive } from '../../actions/redrive.ts';
import { WHOLE_ROLES } from '../../auth/roles.ts';
import type { RedriveReport } from '../../contract.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { placeOf } from '../dossiers/place.ts';
import { codesByPath } from '../dossiers/rows.ts';
import { toRecords } from '../records.ts';
import { LETTER_PARAMS } from './letters.ts';

/** Letters of one request: whoever asks goes on from `next`, and sees how far it is. */
const LETTERS = 200;
/** Most reasons that are told. */
const MOST_REASONS = 20;

const text = { type: 'text' } as const;
const BodySchema = z.strictObject({
  source: z.string().min(1).max(256),
  code: z.string().min(1).max(64),
  after: z.guid().optional().describe('goes on after this letter: `next` of the last reply'),
});
const count = z.int();
const ReportSchema = z.object({
  ...{ asked: count, mended: count, refused: count, impossible: count, accepted: count, duplicate: count },
  reasons: z.array(z.object({ code: z.string(), reason: z.string(), count })),
  next: z.string().nullable(),
}) satisfies z.ZodType<RedriveReport>;
const RowSchema = z.object({
  ...{ letter_key: z.string(), entry: z.string(), source: z.string(), unit_path: z.string(), payload: z.string() },
  simulated: z.union([z.literal(0), z.literal(1)]),
  within: z.string(),
});

/** Sends refused events through the intake once more, after the mapping or the tree that refused them was mended. */
export default function redriveRoute(instance: FastifyInstance, { redrive }: { redrive: Redrive }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const query = ownQuery('routes/sources/open-letters.sql', ['dead_letter', 'intake_event'], {
    description: 'Dead letters that were not mended',
    params: {
      ...LETTER_PARAMS,
      after: { type: 'String', default: '' },
      page: { type: 'UInt16', default: LETTERS },
    },
    rows: {
      letter_key: text,
      entry: text,
      source: text,
      unit_path: text,
      payload: text,
      simulated: { type: 'number' },
      within: text,
    },
    max_rows: LETTERS,
  });
  app.post(
    '/sources/redrive',
    {
      config: { access: 'act' },
      schema: {
        tags: ['sources'],
        summary: 'Sends the dead letters of a source and reason through the intake once more, some hundreds a request',
        body: BodySchema,
        response: { 200: ReportSchema, 400: FailureSchema, 403: FailureSchema, 503: FailureSchema },
      },
    },
    async (request) => {
      const { source, code, after = '' } = request.body;
      request.acted = { target: `${source} ${code}` };
      // what they hold may be of any unit
      if (!WHOLE_ROLES.includes(sessionOf(request).role)) throw new IocError('IOC_FORBIDDEN');
      const { lens, units } = placeOf(request, {});
      const answer = await app.gate.pass(() => app.store.run(query, { source, code, after }, lens));
      const codes = codesByPath(units);
      const letters = toRecords(answer).map((record) => {
        const { unit_path, ...letter } = RowSchema.parse(record);
        return { ...letter, unit: codes.get(unit_path) ?? '' };
      });
      const told = await redrive(letters);
      const report = reportOf(told);
      request.acted = { target: `${source} ${code}: ${report.mended}/${report.asked}` };
      return { ...report, next: letters.length < LETTERS ? null : (letters.at(-1)?.letter_key ?? null) };
    },
  );
}

/** What became of letters, in sum. */
function reportOf(told: readonly Redriven[]): Omit<RedriveReport, 'next'> {
  const of = (fate: Redriven['fate']): number => told.filter((one) => one.fate === fate).length;
  const reasons = new Map<string, RedriveReport['reasons'][number]>();
  for (const { fate, code, reason } of told) {
    if (fate === 'mended') continue;
    const found = reasons.get(`${code} ${reason}`) ?? { code, reason, count: 0 };
    found.count += 1;
    reasons.set(`${code} ${reason}`, found);
  }
  return {
    ...{ asked: told.length, mended: of('mended'), refused: of('refused'), impossible: of('impossible') },
    accepted: told.reduce((sum, { accepted }) => sum + accepted, 0),
    duplicate: told.reduce((sum, { duplicate }) => sum + duplicate, 0),
    reasons: [...reasons.values()].sort((one, other) => other.count - one.count).slice(0, MOST_REASONS),
  };
}
