import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { OwnEvent, PostEvents } from '../../actions/event-poster.ts';
import type { ShiftRequest, ShiftsReply, ShiftStep } from '../../contract-shifts.ts';
import { IocError } from '../../errors.ts';
import { FailureSchema } from '../../plugins/errors.ts';
import { sessionOf } from '../../session.ts';
import { ownQuery } from '../../sql.ts';
import { createTurns } from '../chases/turns.ts';
import { placeOf } from '../dossiers/place.ts';
import { toRecords } from '../records.ts';
import { foldShifts, stepsOf } from './fold-shifts.ts';

const STEPS = ['note', 'hand', 'take'] as const satisfies readonly ShiftStep[];
/** The event that a step is. */
const EVENTS = {
  note: 'shift.noted',
  hand: 'shift.handed',
  take: 'shift.taken',
} as const satisfies Record<ShiftStep, OwnEvent['type']>;
const MOST_PAST = 30;
const DAY_MS = 86_400_000;

const instant = z.number().nullable();
const ShiftSchema = z.object({
  shift_id: z.string(),
  ...{ began_at: instant, began_by: z.string() },
  notes: z.array(z.object({ at: z.number(), by: z.string(), text: z.string() })),
  ...{ handed_at: instant, handed_by: z.string(), handed_note: z.string() },
  ...{ taken_at: instant, taken_by: z.string(), taken_note: z.string() },
});
const HappenedSchema = z.object({
  ...{ fired: z.int(), acknowledged: z.int(), resolved: z.int(), open: z.int(), unseen: z.int() },
});
const ReplySchema = z.object({
  at: z.number(),
  current: ShiftSchema,
  past: z.array(ShiftSchema),
  happened: HappenedSchema.extend({ since: z.number() }),
  steps: z.array(z.enum(STEPS)),
}) satisfies z.ZodType<ShiftsReply>;
const EventSchema = z.object({
  at: z.number(),
  ...{ type: z.string(), shift_id: z.string(), actor: z.string(), note: z.string() },
});
const failures = { 400: FailureSchema, 403: FailureSchema, 409: FailureSchema, 503: FailureSchema };

/** Shifts of those on duty (giao ca): noted upon, handed over by one, taken by another. Each unit that has people on duty has its own. */
export default function shiftRoutes(instance: FastifyInstance, { post }: { post: PostEvents }): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const [text, number] = [{ type: 'text' } as const, { type: 'number' } as const];
  const events = ownQuery('routes/shifts/events.sql', ['duty_event'], {
    description: 'What was said of shifts',
    rows: { at: { type: 'instant' }, type: text, shift_id: text, actor: text, note: text },
    max_rows: 5000,
  });
  const happened = ownQuery('routes/shifts/happened.sql', ['alert'], {
    description: 'What became of alerts during a shift',
    params: { since: { type: 'Float64', default: 0 } },
    rows: { fired: number, acknowledged: number, resolved: number, open: number, unseen: number },
    max_rows: 1,
  });
  const inTurn = createTurns();

  const find = async (request: FastifyRequest): Promise<ShiftsReply> => {
    const { lens, at } = placeOf(request, {});
    const told = await app.gate.pass(() => app.store.run(events, {}, lens));
    const { current, past } = foldShifts(toRecords(told).map((record) => EventSchema.parse(record)));
    const since = current.began_at ?? at - DAY_MS;
    const counted = await app.gate.pass(() => app.store.run(happened, { since }, lens));
    const { actor } = sessionOf(request);
    return {
      ...{ at, current, past: past.slice(0, MOST_PAST), steps: stepsOf(current, actor) },
      happened: { since, ...HappenedSchema.parse(toRecords(counted)[0]) },
    };
  };

  app.get(
    '/shifts',
    {
      schema: {
        tags: ['alerts'],
        summary: 'The present shift and those before it, and what became of alerts during it',
        response: { 200: ReplySchema, ...failures },
      },
    },
    (request) => find(request),
  );

  app.post(
    '/shifts/:step',
    {
      schema: {
        tags: ['alerts'],
        summary: 'Notes upon the present shift, hands it over, or takes what somebody else handed',
        params: z.object({ step: z.enum(STEPS) }),
        body: z.strictObject({ text: z.string().trim().max(4_000).optional() }).nullish() satisfies z.ZodType<
          ShiftRequest | null | undefined
        >,
        response: { 200: ReplySchema, ...failures },
      },
    },
    async (request) => {
      const {
        params: { step },
        body,
      } = request;
      const { unit, now: at } = placeOf(request, {});
      const { actor } = sessionOf(request);
      const note = body?.text ?? '';
      if (step === 'note' && note === '') throw new IocError('IOC_BAD_REQUEST', 'a note has a text');
      // what one step does to the shift is seen by the next
      return inTurn(unit.code, async () => {
        const { current, steps } = await find(request);
        const { shift_id, handed_at } = current;
        request.acted = { target: `${shift_id} ${step}`, unit: unit.code };
        if (!steps.includes(step))
          throw new IocError(step === 'take' && handed_at !== null ? 'IOC_SHIFT_PARTY' : 'IOC_SHIFT_STATE');
        // handing over twice at once is once; every note is one of its own
        const id = `${unit.code}/${shift_id}/${step === 'note' ? `note/${request.id}` : step}`;
        const stored = await post([
          { id, type: EVENTS[step], subject: shift_id, unit: unit.code, at, data: { actor, note, shift: shift_id } },
        ]);
        if (stored === 0) throw new IocError('IOC_SHIFT_STATE', 'it was done a moment ago');
        return find(request);
      });
    },
  );
}
