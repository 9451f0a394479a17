import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { onShift } from '../../alerts/notify/on-shift.ts';
import type { ReceiverInfo, RosterInfo } from '../../contract-silences.ts';
import { FailureSchema } from '../../plugins/errors.ts';

const TextsSchema = z.object({ vi: z.string(), en: z.string() });
const ReceiverInfoSchema = z.object({
  id: z.string(),
  kind: z.enum(['app', 'email', 'webhook']),
  name: TextsSchema,
  enabled: z.boolean(),
  sound: z.enum(['none', 'chime', 'siren']),
}) satisfies z.ZodType<ReceiverInfo>;
const OnShiftSchema = z.object({
  person: z.string(),
  account: z.string(),
  shift: z.string(),
  shift_name: TextsSchema,
  from: z.string(),
  to: z.string(),
});
const RosterInfoSchema = z.object({
  id: z.string(),
  name: TextsSchema,
  on_shift: z.array(OnShiftSchema),
}) satisfies z.ZodType<RosterInfo>;

/** What the files say of receivers and of who is on duty: names, never addresses or secrets. */
export default function receiversRoute(instance: FastifyInstance): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const tags = ['alerts'];
  const failures = { 503: FailureSchema };
  app.get(
    '/notices/receivers',
    {
      schema: {
        tags,
        summary: 'Who can be told of alerts',
        response: { 200: z.array(ReceiverInfoSchema), ...failures },
      },
    },
    () =>
      [...app.notifyConfig().files.receivers].map(([id, receiver]): ReceiverInfo => {
        const { kind, name, enabled } = receiver;
        return { id, kind, name, enabled, sound: receiver.kind === 'app' ? receiver.sound : 'none' };
      }),
  );
  app.get(
    '/rosters',
    { schema: { tags, summary: 'Who is on duty now', response: { 200: z.array(RosterInfoSchema), ...failures } } },
    () => {
      const { notify, province } = app.book.dashboards();
      return [...notify.rosters].map(([id, roster]) => ({
        id,
        name: roster.name,
        on_shift: onShift(roster, app.clock(), province.calendar.zone).map(({ person, shift }) => ({
          ...{ person: person.name, account: person.account ?? '', shift: shift.id, shift_name: shift.name },
          ...{ from: shift.from, to: shift.to },
        })),
      }));
    },
  );
}
