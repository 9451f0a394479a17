import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  isLocalAdmin,
  NameSchema,
  PasswordSchema,
  RoleSchema,
  ShownSchema,
  unitOfRole,
  UnitSchema,
} from '../../auth/account-rules.ts';
import type { Account } from '../../auth/directory.ts';
import type { NewAuthEvent } from '../../auth/keeper.ts';
import { hashPassword } from '../../auth/password.ts';
import type { AccountInfo } from '../../contract-auth.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { keeperOf } from '../session/enter.ts';

const InfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  shown: z.string(),
  role: RoleSchema,
  unit: z.string().nullable(),
  disabled: z.boolean(),
  demo: z.boolean(),
  external: z.boolean(),
  made_at: z.number(),
  sessions: z.int(),
}) satisfies z.ZodType<AccountInfo>;
const failures = {
  400: FailureSchema,
  401: FailureSchema,
  403: FailureSchema,
  404: FailureSchema,
  409: FailureSchema,
  503: FailureSchema,
};
const config = { access: 'administer' } as const;

/** Accounts, for administrators. An account is never removed, because what it did names it; it is disabled. */
export default function accountRoutes(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['accounts'];
  const info = ({ id, name, shown, role, unit, disabled, demo, external, made_at }: Account): AccountInfo => ({
    ...{ id, name, shown, role, unit, disabled, demo, external, made_at },
    sessions: [...keeperOf(app).directory.sessions.values()].filter((open) => open.account === id).length,
  });
  const units = () => app.book.dashboards().province.units;

  app.get(
    '/accounts',
    { config, schema: { tags, summary: 'All accounts', response: { 200: z.array(InfoSchema), ...failures } } },
    () => [...keeperOf(app).directory.accounts.values()].map(info).toSorted((a, b) => a.name.localeCompare(b.name)),
  );

  app.post(
    '/accounts',
    {
      config,
      schema: {
        tags,
        summary: 'Makes an account',
        body: z.strictObject({
          name: NameSchema,
          shown: ShownSchema,
          role: RoleSchema,
          unit: UnitSchema.optional(),
          password: PasswordSchema,
        }),
        response: { 201: InfoSchema, ...failures },
      },
    },
    async (request, reply) => {
      const { name, shown, role, password } = request.body;
      const keeper = keeperOf(app);
      const unit = unitOfRole(role, request.body.unit, units());
      if (keeper.directory.accountNamed(name)) throw new IocError('IOC_NAME_TAKEN');
      const hash = await hashPassword(password);
      const { actor } = sessionOf(request);
      const subject = randomUUID();
      await keeper.keep([
        { type: 'account.made', subject, actor, data: { name, shown, role, unit, hash, demo: false, external: false } },
      ]);
      const made = keeper.directory.accounts.get(subject);
      if (!made) throw new IocError('IOC_NAME_TAKEN');
      request.acted = { target: name, unit: unit ?? '' };
      reply.code(201);
      return info(made);
    },
  );

  app.patch(
    '/accounts/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Changes an account; disabling it, or another password, ends its sessions',
        params: z.object({ id: z.string().max(64) }),
        body: z.strictObject({
          shown: ShownSchema.optional(),
          role: RoleSchema.optional(),
          unit: UnitSchema.optional(),
          disabled: z.boolean().optional(),
          password: PasswordSchema.optional(),
        }),
        response: { 200: InfoSchema, ...failures },
      },
    },
    async (request) => {
      const { directory, keep } = keeperOf(app);
      const account = directory.accounts.get(request.params.id);
      if (!account || account.demo) throw new IocError('IOC_ACCOUNT_UNKNOWN');
      request.acted = { target: account.name };
      const { password, ...change } = request.body;
      if (account.external && Object.keys(request.body).some((name) => name !== 'disabled'))
        throw new IocError('IOC_BAD_REQUEST', 'what this account is comes from its provider; it can be disabled here');
      const role = change.role ?? account.role;
      const unit = unitOfRole(role, change.unit === undefined ? account.unit : change.unit, units());
      const session = sessionOf(request);
      const { actor } = session;
      const losesAdmin = isLocalAdmin(account) && (role !== 'admin' || change.disabled === true);
      const admins = [...directory.accounts.values()].filter((other) => isLocalAdmin(other) && !other.disabled);
      if (losesAdmin && admins.length < 2) throw new IocError('IOC_BAD_REQUEST', 'one administrator has to stay');
      const subject = account.id;
      const events: NewAuthEvent[] = [{ type: 'account.changed', subject, actor, data: { ...change, unit } }];
      if (password !== undefined)
        events.push({ type: 'account.password', subject, actor, data: { hash: await hashPassword(password) } });
      if (password !== undefined || change.disabled === true)
        for (const open of directory.sessions.values())
          if (open.account === subject && open.id !== session.id)
            events.push({ type: 'session.ended', subject: open.id, actor, data: { reason: 'administrator' } });
      await keep(events);
      return info(directory.accounts.get(subject) ?? account);
    },
  );
}
