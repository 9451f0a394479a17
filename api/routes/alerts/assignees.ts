import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { UnitIndex } from '#ingest/schema/unit-index.ts';
import type { Account } from '../../auth/directory.ts';
import { may, ROLES } from '../../auth/roles.ts';
import type { Assignee } from '../../contract-alerts.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf, unitInScope } from '../../session.ts';

const failures = { 400: FailureSchema, 401: FailureSchema, 403: FailureSchema, 404: FailureSchema };
const CODES = /^[\w.]{1,64}(?:,[\w.]{1,64})*$/;
const AssigneeSchema = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  unit: z.string(),
}) satisfies z.ZodType<Assignee>;

/** Whom alerts can be given to. */
export default function assigneeRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.get(
    '/alerts/assignees',
    {
      config: { access: 'act' },
      schema: {
        tags: ['alerts'],
        summary: 'Who may act on alerts of these units, of those within the own scope',
        querystring: z.strictObject({
          units: z.string().max(8_000).regex(CODES).describe('codes of units, with commas between'),
        }),
        response: { 200: z.array(AssigneeSchema), ...failures },
      },
    },
    (request) => {
      const { units } = app.book.dashboards().province;
      const session = sessionOf(request);
      const paths = request.query.units.split(',').map((code) => unitInScope(session, units, code).path);
      const accounts = [...(app.keeper?.directory.accounts.values() ?? [])].filter(({ demo }) => !demo || app.demo);
      return assigneesOf(accounts, { paths, scope: session.scope, units });
    },
  );
}

/** The accounts that may act on what is of all these paths, and are of a unit within the scope: the nearest first, then by name. */
export function assigneesOf(
  accounts: readonly Account[],
  { paths, scope, units }: { paths: readonly string[]; scope: string; units: UnitIndex },
): Assignee[] {
  return accounts
    .flatMap(({ shown: name, role, unit: code, disabled }) => {
      const unit = code === null ? units.root : units.byCode(code);
      if (!unit?.path.startsWith(scope) || disabled || !may(role, 'act')) return [];
      return paths.every((path) => path.startsWith(unit.path)) ? [{ name, role, unit }] : [];
    })
    .sort((one, other) => other.unit.path.length - one.unit.path.length || one.name.localeCompare(other.name, 'vi'))
    .map(({ unit, ...who }) => ({ ...who, unit: unit.code }));
}
