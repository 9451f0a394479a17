import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ApplicantSchema } from '#ingest/clickhouse/applicant/applicants.ts';
import { may } from '../../auth/roles.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import type { Session } from '../../session.ts';
import { LensQuerySchema } from '../lens-query.ts';
import { namedDossiers } from './named-dossiers.ts';
import { placeOf } from './place.ts';

/** Whether somebody may be shown who handed a dossier in: those who act on dossiers, and are known. */
export function maySeeApplicants(app: Pick<FastifyInstance, 'applicants'>, session: Session | undefined): boolean {
  if (!app.applicants || !session) return false;
  return may(session.role, 'act') && (session.kind === 'account' || session.kind === 'token');
}

/** Who handed a dossier in. Each look is noted in the audit log. */
export default function applicantRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const find = namedDossiers(app);
  app.get(
    '/dossiers/:id/applicant',
    {
      config: { access: 'act' },
      schema: {
        tags: ['dossiers'],
        summary: 'Who handed a dossier in and how to reach them, where PERSONAL_KEY is set; every look is noted',
        params: z.object({ id: z.string().min(1).max(256) }),
        querystring: LensQuerySchema.pick({ unit: true }),
        response: {
          200: ApplicantSchema,
          ...{ 400: FailureSchema, 403: FailureSchema, 404: FailureSchema, 503: FailureSchema },
        },
      },
    },
    async (request) => {
      const { params, query } = request;
      const { applicants } = app;
      if (!applicants) throw new IocError('IOC_NOT_FOUND', 'applicants are not kept here');
      if (!maySeeApplicants(app, request.session)) throw new IocError('IOC_FORBIDDEN');
      const place = placeOf(request, query);
      const { rows } = await app.gate.pass(() => find(place, [params.id]));
      const dossier = rows.find(({ unit }) => unit === place.unit.code) ?? rows[0];
      const unit = dossier && place.units.byCode(dossier.unit);
      if (!unit) throw new IocError('IOC_DOSSIER_UNKNOWN');
      request.acted = { target: params.id, unit: unit.code };
      const found = await applicants.find({ unit_path: unit.path, dossier_id: params.id }).catch((cause: unknown) => {
        throw new IocError('IOC_STORE_AWAY', undefined, cause);
      });
      if (!found) throw new IocError('IOC_NOT_FOUND', 'no applicant is kept of this dossier');
      return found;
    },
  );
}
